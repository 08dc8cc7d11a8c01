package io.caracal.trainer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.Cleaning;
import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.Device;
import io.caracal.trainer.data.Batching;
import io.caracal.trainer.data.DataException;
import io.caracal.trainer.data.ImageLoading;
import io.caracal.trainer.release.AtomicFiles;
import io.caracal.trainer.release.ConfusionMatrix;
import io.caracal.trainer.release.ModelTest;
import io.caracal.trainer.release.Provenance;
import io.caracal.trainer.release.ScoredImage;
import io.caracal.trainer.report.Mistake;
import io.caracal.trainer.report.Mistakes;
import io.caracal.trainer.report.TestFigures;
import io.caracal.trainer.report.TestPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `caracal evaluate`: how well a model file does on labelled images, through ONNX Runtime as in the service.
@Command(
        name = "evaluate",
        description = "Tests a model file on labelled images, with the decoder and the runtime of the service.",
        mixinStandardHelpOptions = true)
final class EvaluateVerb implements Callable<Integer> {
    private static final int BATCH = 32;

    /// Which images.
    enum Part {
        /// Those that were held out when the model was trained.
        TEST,
        ALL
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The ONNX file.")
    private Path model;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "test|all",
            description = "The images that were held out when the model was trained on this data, or all. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Part split;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Where a page is written: confusion matrix, calibration, the worst mistakes as pictures.")
    private Optional<Path> report = Optional.empty();

    @Mixin
    private FiguresFile json;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description =
                    "Where one line per image is written: entry, label, predicted label, probability; tabs between.")
    private Optional<Path> predictions = Optional.empty();

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "auto|cpu|cuda",
            description = "Default: ${DEFAULT-VALUE}.")
    private Device device;

    @Mixin
    private LoadingOptions loading;

    /// @param skipped images that cannot be decoded, each with the reason
    record Figures(String model, String data, String split, TestFigures test, List<ImageSet.Skipped> skipped) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        json.requireWritable();
        data.requireWritable();
        for (Path file :
                Stream.of(report, predictions).flatMap(Optional::stream).toList()) {
            WrittenFile.requireWritable(file);
        }
        try (Classifier classifier = Classifier.open(model, device);
                ImageSet whole = ImageSets.open(data.path())) {
            List<String> classes = classifier.card().labels();
            Chosen chosen = chosen(classifier.card(), whole);
            List<Example> examples = requireKnown(classes, chosen.examples());
            try (ImageLoading images = ImageLoading.open(
                    chosen.set(),
                    examples,
                    classes,
                    0,
                    classifier.preprocessing(),
                    new Batching(BATCH, loading.loading()))) {
                List<ScoredImage> scored = new ArrayList<>();
                ConfusionMatrix matrix =
                        ModelTest.run(classifier, images.inOrder(0, examples.size()), scored::add, () -> false);
                List<Example> used = images.used(0, examples.size());
                var figures = new Figures(
                        model.toString(),
                        data.path().toString(),
                        split.name().toLowerCase(Locale.ROOT),
                        TestFigures.of(matrix, scored),
                        images.skipped());
                if (predictions.isPresent()) {
                    AtomicFiles.write(predictions.get(), lines(used, classes, scored));
                }
                data.quarantine(Stream.concat(chosen.set().skipped().stream(), images.skipped().stream())
                        .toList());
                json.write(figures);
                if (report.isPresent()) {
                    List<Mistake> mistakes = Mistakes.worst(chosen.set(), used, classes, scored);
                    AtomicFiles.write(
                            report.get(),
                            TestPage.html(
                                    classifier.card(),
                                    figures.data() + ", " + (split == Part.ALL ? "all images" : "held-out images"),
                                    figures.test(),
                                    mistakes,
                                    figures.skipped()));
                }
                print(figures);
            }
        }
        return 0;
    }

    /// @param set with the examples in it
    private record Chosen(ImageSet set, List<Example> examples) {}

    private Chosen chosen(ModelCard card, ImageSet whole) throws IOException {
        return switch (split) {
            case ALL -> {
                ImageSet used = data.clean().orElse(Cleaning.DECODE).of(whole);
                yield new Chosen(used, used.examples());
            }
            case TEST -> {
                Provenance.HeldOut heldOut = Provenance.HeldOut.of(card);
                String sha256 = whole.sha256();
                if (!sha256.equals(heldOut.dataSha256())) {
                    throw new DataException("%s is not the data that %s was trained on (SHA-256 %s, the card says %s): "
                                    .formatted(data.path(), model, brief(sha256), brief(heldOut.dataSha256()))
                            + "its held-out images are not known there, use --split all");
                }
                Cleaning own = heldOut.selection().cleaning();
                if (!data.clean().orElse(own).equals(own)) {
                    throw new DataException("clean is %s, but %s was trained with %s: leave it out or use --split all"
                            .formatted(data.clean().get().label(), model, own.label()));
                }
                ImageSet used = heldOut.selection().of(whole);
                List<Example> test = heldOut.selection().split(used).test();
                if (!heldOut.matches(test.size(), used.reserved().size())) {
                    throw new DataException(
                            "%s is split otherwise than when %s was trained: give it as it was given then, or use --split all"
                                    .formatted(data.path(), model));
                }
                yield new Chosen(used, test);
            }
        };
    }

    private static String brief(String sha256) {
        return sha256.substring(0, Math.min(12, sha256.length())) + "...";
    }

    private List<Example> requireKnown(List<String> classes, List<Example> examples) {
        for (Example example : examples) {
            if (!classes.contains(example.label())) {
                throw new DataException("%s is labelled %s, but %s knows only %s"
                        .formatted(example.entry(), example.label(), model, String.join(", ", classes)));
            }
        }
        return examples;
    }

    private static byte[] lines(List<Example> used, List<String> classes, List<ScoredImage> scored) {
        var text = new StringBuilder();
        for (int i = 0; i < scored.size(); i++) {
            ScoredImage image = scored.get(i);
            text.append(used.get(i).entry())
                    .append("\t%s\t%s\t%.6f\n"
                            .formatted(
                                    classes.get(image.label()), classes.get(image.predicted()), image.probability()));
        }
        return text.toString().getBytes(UTF_8);
    }

    private void print(Figures figures) {
        PrintWriter out = spec.commandLine().getOut();
        TestFigures test = figures.test();
        out.printf(Locale.ROOT, "accuracy %.4f on %,d images%n%n", test.accuracy(), test.images());
        out.printf(Locale.ROOT, "%-20s %8s %10s %8s   taken for%n", "class", "images", "precision", "recall");
        for (int c = 0; c < test.classes().size(); c++) {
            TestFigures.PerClass row = test.classes().get(c);
            out.printf(
                    Locale.ROOT,
                    "%-20s %,8d %10s %8s  ",
                    row.label(),
                    row.images(),
                    figure(row.precision()),
                    figure(row.recall()));
            for (int p = 0; p < test.classes().size(); p++) {
                out.printf(Locale.ROOT, " %s %,d", test.classes().get(p).label(), test.confusion()[c][p]);
            }
            out.println();
        }
        figures.skipped().forEach(file -> out.printf("skipped %s: %s%n", file.entry(), file.reason()));
        out.flush();
    }

    private static String figure(Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, "%.4f", v)).orElse("-");
    }
}
