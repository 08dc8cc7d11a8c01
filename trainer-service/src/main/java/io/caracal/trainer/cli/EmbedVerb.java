package io.caracal.trainer.cli;

import static io.caracal.trainer.cli.Figures.count;

import io.caracal.datasets.Cleaning;
import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.datasets.Subset;
import io.caracal.trainer.data.Batching;
import io.caracal.trainer.data.ImageLoading;
import io.caracal.trainer.embed.FeatureFile;
import io.caracal.trainer.embed.FeatureProbe;
import io.caracal.trainer.embed.Features;
import io.caracal.trainer.embed.Pca;
import io.caracal.trainer.embed.Separation;
import io.caracal.trainer.embed.Tsne;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.Batches;
import io.caracal.trainer.release.AtomicFiles;
import io.caracal.trainer.report.ScatterPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `caracal embed`: what a model makes of images before it decides.
@Command(
        name = "embed",
        description =
                "Writes the features that a model computes of each image before its last linear layer, draws them "
                        + "as points in a plane and tells how well labels lie apart.",
        mixinStandardHelpOptions = true)
final class EmbedVerb implements Callable<Integer> {
    private static final int BATCH = 32;

    /// How features become two dimensions.
    enum Method {
        PCA,
        TSNE
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The ONNX file.")
    private Path model;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--limit",
            defaultValue = "2000",
            paramLabel = "N",
            description =
                    "Images used at most, classes balanced. Default: ${DEFAULT-VALUE}, the most that t-SNE takes.")
    private int limit;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Decides which images. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "FILE.csv|FILE.npy",
            description = "Where the features are written; entry and label of the rows of a .npy lie in FILE.rows.csv.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--plot", paramLabel = "FILE.html", description = "Where the picture is written.")
    private Optional<Path> plot = Optional.empty();

    @Option(
            names = "--method",
            defaultValue = "tsne",
            paramLabel = "pca|tsne",
            description = "How features become two dimensions. Default: ${DEFAULT-VALUE}.")
    private Method method;

    @Mixin
    private FiguresFile json;

    @Mixin
    private LoadingOptions loading;

    /// @param points in two dimensions, in the order of the entries
    record Figures(
            String model,
            String data,
            String method,
            int images,
            int features,
            Separation ofFeatures,
            Separation ofPoints,
            List<ImageSet.Skipped> skipped,
            List<ScatterPage.Point> points) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<FeatureFile> format = out.map(FeatureFile::of);
        Stream.concat(out.stream(), plot.stream()).forEach(WrittenFile::requireWritable);
        json.requireWritable();
        data.requireWritable();
        try (FeatureProbe probe = FeatureProbe.open(model, Runtime.getRuntime().availableProcessors());
                ImageSet whole = ImageSets.open(data.path())) {
            ImageSet used = Subset.of(data.clean().orElse(Cleaning.DECODE).of(whole), limit, seed);
            try (ImageLoading images = ImageLoading.open(
                    used,
                    used.examples(),
                    used.labels(),
                    0,
                    probe.preprocessing(),
                    new Batching(BATCH, loading.loading()))) {
                Features features = features(probe, images, used.examples());
                if (format.isPresent()) {
                    format.get().write(out.get(), features);
                }
                show(features, images.skipped());
                tellWritten();
                data.quarantine(Stream.concat(used.skipped().stream(), images.skipped().stream())
                        .toList());
            }
        }
        return 0;
    }

    private void tellWritten() {
        PrintWriter terminal = spec.commandLine().getOut();
        Stream.concat(out.stream(), plot.stream()).forEach(file -> terminal.println("wrote   " + file));
        terminal.flush();
    }

    private static Features features(FeatureProbe probe, ImageLoading images, List<Example> examples)
            throws InterruptedException {
        List<float[]> rows = new ArrayList<>();
        try (Batches batches = images.inOrder(0, examples.size()).epoch(0)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                try (Batch batch = next.get()) {
                    rows.addAll(List.of(probe.features(batch.pixels().duplicate(), batch.size())));
                }
            }
        }
        return new Features(images.used(0, examples.size()), rows.toArray(float[][]::new));
    }

    private void show(Features features, List<ImageSet.Skipped> skipped) throws IOException {
        double[][] matrix = features.matrix();
        double[][] plane =
                switch (method) {
                    case PCA -> Pca.of(matrix, 2).points();
                    case TSNE -> Tsne.of(matrix).points();
                };
        Separation ofFeatures = Separation.of(matrix, features.labels());
        Separation ofPoints = Separation.of(plane, features.labels());
        List<ScatterPage.Point> points = IntStream.range(0, plane.length)
                .mapToObj(i -> new ScatterPage.Point(
                        plane[i][0],
                        plane[i].length > 1 ? plane[i][1] : 0,
                        features.examples().get(i).label(),
                        features.examples().get(i).entry()))
                .toList();
        String name = method.name().toLowerCase(Locale.ROOT);
        Figures figures = new Figures(
                model.toString(),
                data.path().toString(),
                name,
                features.images(),
                features.width(),
                ofFeatures,
                ofPoints,
                skipped,
                points);
        if (plot.isPresent()) {
            AtomicFiles.write(plot.get(), page(figures));
        }
        json.write(figures);
        print(figures);
    }

    private byte[] page(Figures figures) {
        String axis =
                switch (method) {
                    case PCA -> "principal component ";
                    case TSNE -> "t-SNE ";
                };
        return ScatterPage.html(
                "What " + model.getFileName() + " sees",
                count(figures.images()) + " images of " + data.path().getFileName() + ", " + count(figures.features())
                        + " features of each before the last linear layer",
                List.of(
                        tile(
                                "Nearest neighbours agree, features",
                                figures.ofFeatures().neighbours(),
                                nearest()),
                        tile("Silhouette, features", figures.ofFeatures().silhouette(), "1 is best, 0 is no order"),
                        tile(
                                "Nearest neighbours agree, picture",
                                figures.ofPoints().neighbours(),
                                nearest()),
                        tile("Silhouette, picture", figures.ofPoints().silhouette(), "1 is best, 0 is no order")),
                figures.points(),
                axis + "1",
                axis + "2",
                "Each point is an image. How far groups lie apart in such a picture says little: the figures are of the "
                        + "features themselves, too.");
    }

    private static ScatterPage.Figure tile(String name, double value, String note) {
        return new ScatterPage.Figure(name, String.format(Locale.ROOT, "%.4f", value), note);
    }

    private static String nearest() {
        return "share whose " + Separation.ASKED + " nearest mostly have its label";
    }

    private void print(Figures figures) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s images, %s features of each%n%n", count(figures.images()), count(figures.features()));
        out.printf("%-16s %10s %10s%n", "", "neighbours", "silhouette");
        row(out, "features", figures.ofFeatures());
        row(out, "picture (" + figures.method() + ")", figures.ofPoints());
        figures.skipped().forEach(file -> out.printf("skipped %s: %s%n", file.entry(), file.reason()));
        out.flush();
    }

    private static void row(PrintWriter out, String name, Separation separation) {
        out.printf(Locale.ROOT, "%-16s %10.4f %10.4f%n", name, separation.neighbours(), separation.silhouette());
    }
}
