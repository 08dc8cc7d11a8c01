package io.caracal.trainer.data;

import java.nio.file.Path;

/// What loading may cost.
///
/// @param threads that decode and augment beside the training
/// @param cacheBytes of the temporary files with decoded pixels; images that do not fit are decoded in every epoch.
///        0 keeps none
/// @param cacheFolder where the temporary file lies; it is unlinked as soon as it is open, so nothing stays behind
/// @param prefetch batches that are loaded ahead of the training; each holds one batch's pixels in memory
public record Loading(int threads, long cacheBytes, Path cacheFolder, int prefetch) {

    /// Two threads, 4 GiB (about 28,000 images of 224 x 224) in the system's folder for temporary files, 4 batches.
    public static final Loading DEFAULTS = new Loading(2, 4L << 30, Path.of(System.getProperty("java.io.tmpdir")), 4);

    public Loading {
        require(threads >= 1 && threads <= 256, "loading-threads", threads, "1 to 256");
        require(cacheBytes >= 0, "cache-bytes", cacheBytes, "0 or more");
        require(prefetch >= 1 && prefetch <= 64, "prefetch", prefetch, "1 to 64");
    }

    private static void require(boolean met, String setting, long given, String allowed) {
        if (!met) {
            throw new IllegalArgumentException(setting + " is " + given + ", allowed is " + allowed);
        }
    }
}
