package io.caracal.quickstart;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `caracal up`: the options, nothing else.
@Command(
        name = "up",
        description = {
            "Runs the whole line on this machine: a Kafka broker and the three services, each in a process of its own;"
                    + " trains a model, publishes it and streams the images that it was not trained on through the"
                    + " line. Stays up until Ctrl-C.",
            "",
            "Without --data it draws its own images: gears and ball bearings."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Folder or zip with a folder per label or files named label.N.jpg, a CSV of path,label, "
                    + "or a folder with CIFAR-10's binary files.")
    private Path data;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = Up.FAST_PRESET,
            description = "What is trained; see describe. Default: ${DEFAULT-VALUE}, which is fast.")
    private String preset;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "Passes over the training images. Default: the preset's; " + Up.DRAWN_EPOCHS + " for drawn images.")
    private Integer epochs;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Use N images of the data, balanced by class. Default: all; " + Up.DRAWN_IMAGES + " are drawn.")
    private Integer limit;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides drawing, choice, split and training. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--stream",
            paramLabel = "N",
            description =
                    "How many images are streamed, repeating if there are fewer. Default: each held-out one once.")
    private Integer stream;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Use the Kafka that runs there instead of starting one.")
    private String bootstrap;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "Where logs, broker data, drawn images and models are kept. Default: run, in Caracal's folder.")
    private Path work;

    @Option(
            names = "--once",
            description = "Exit after the run: with 0 if every image has exactly one outcome, else with 1.")
    private boolean once;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary there.")
    private Path json;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description =
                    "Write one line per streamed image there: entry, label, predicted label, probability; tabs between.")
    private Path predictions;

    @Override
    public Integer call() {
        // Kafka's clients log through this; the terminal is for the run.
        Path root = ProjectFolder.find();
        Path folder = Optional.ofNullable(work)
                .orElse(root.resolve("run"))
                .toAbsolutePath()
                .normalize();
        var settings = new UpSettings(
                root,
                folder,
                Optional.ofNullable(data).map(path -> path.toAbsolutePath().normalize()),
                preset,
                optional(epochs),
                optional(limit),
                seed,
                optional(stream),
                Optional.ofNullable(bootstrap),
                once,
                Optional.ofNullable(json),
                Optional.ofNullable(predictions));
        return new Session(settings, Display.of(System.out), System.err).run();
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
