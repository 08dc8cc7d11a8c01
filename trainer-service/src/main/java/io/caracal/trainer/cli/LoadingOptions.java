package io.caracal.trainer.cli;

import io.caracal.trainer.data.Loading;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What loading may cost, on the command line.
final class LoadingOptions {
    @Option(
            names = "--loading-threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads that decode images. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--cache-bytes",
            paramLabel = "N",
            defaultValue = "4294967296",
            description = "Size of the temporary file with decoded images, 0 for none; those that do not fit, on the "
                    + "disk either, are decoded in each epoch. Default: ${DEFAULT-VALUE}.")
    private long cacheBytes;

    @Option(
            names = "--cache-folder",
            paramLabel = "DIR",
            description = "Folder of that file. Default: the system's folder for temporary files.")
    private Path cacheFolder = Loading.DEFAULTS.cacheFolder();

    Loading loading() {
        return new Loading(threads, cacheBytes, cacheFolder, Loading.DEFAULTS.prefetch());
    }
}
