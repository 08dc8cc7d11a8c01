package io.caracal.trainer.cli;

import io.caracal.imaging.Decoded;
import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Refusal;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.Device;
import io.caracal.scoring.Scores;
import io.caracal.trainer.runs.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `caracal classify`: the labels of image files.
@Command(
        name = "classify",
        description =
                "Prints file, label and probability of each image, tabs between. Exit code 1 if one has no label.",
        mixinStandardHelpOptions = true)
final class ClassifyVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The ONNX file.")
    private Path model;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "auto|cpu|cuda",
            description = "Default: ${DEFAULT-VALUE}.")
    private Device device;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Images.")
    private List<Path> files;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int failed = 0;
        try (Classifier classifier = Classifier.open(model, device);
                var decoder = new ImageDecoder(Limits.DEFAULTS, classifier.preprocessing())) {
            ByteBuffer pixels =
                    ByteBuffer.allocateDirect(classifier.preprocessing().pixelBytes());
            for (Path file : files) {
                switch (decode(file, decoder, pixels.clear())) {
                    case Decoded.Done done -> {
                        Scores scores = classifier.score(pixels.flip(), 1);
                        if (scores.isFinite(0)) {
                            out.println(line(file, classifier, scores));
                            out.flush();
                        } else {
                            failed++;
                            err.println(file + ": the model's scores of it are not finite");
                        }
                    }
                    case Refusal refusal -> {
                        failed++;
                        err.println(file + ": " + refusal.message());
                    }
                }
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private static String line(Path file, Classifier classifier, Scores scores) {
        int best = scores.best(0);
        String label = classifier.card().labels().get(best);
        return String.format(Locale.ROOT, "%s\t%s\t%.4f", file, label, scores.probabilities()[0][best]);
    }

    /// A file that cannot be read is refused like one that cannot be decoded.
    private static Decoded decode(Path file, ImageDecoder decoder, ByteBuffer target) {
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than is allowed, so that the decoder sees that it is too much.
            return decoder.decode(in.readNBytes(Limits.DEFAULTS.maxBytes() + 1), target);
        } catch (IOException e) {
            return new Refusal(Refusal.Reason.NOT_AN_IMAGE, "cannot be read: " + Failure.reason(e));
        }
    }
}
