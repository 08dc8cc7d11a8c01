package io.caracal.trainer.cli;

import io.caracal.trainer.look.HeadFusion;
import io.caracal.trainer.look.Onlooker;
import io.caracal.trainer.look.Picture;
import io.caracal.trainer.look.Sight;
import io.caracal.trainer.look.View;
import io.caracal.trainer.release.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `caracal look`: where a model looked in a picture.
@Command(
        name = "look",
        description = "Draws over a picture where a model looked: attention, class activation or occlusion.",
        mixinStandardHelpOptions = true)
final class LookVerb implements Callable<Integer> {

    /// On the command line.
    enum Method {
        AUTO,
        ATTENTION,
        ROLLOUT,
        CAM,
        OCCLUSION
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The ONNX file.")
    private Path model;

    @Option(
            names = "--image",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "The picture; several with --distances.")
    private List<Path> images = List.of();

    @Option(
            names = "--out",
            defaultValue = "look.png",
            paramLabel = "FILE",
            description = "Where the PNG is written. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--method",
            defaultValue = "auto",
            paramLabel = "auto|attention|rollout|cam|occlusion",
            description = "Attention of one block, attention rollout over all, class activation map (networks that end "
                    + "in a mean over places and one linear layer: Grad-CAM without the gradients), occlusion (any "
                    + "model). auto: rollout, else cam, else occlusion. Default: ${DEFAULT-VALUE}.")
    private Method method;

    @Option(names = "--block", paramLabel = "N", description = "Of attention, counted from 0. Default: the last.")
    private Optional<Integer> block = Optional.empty();

    @Option(names = "--head", paramLabel = "N", description = "Of attention, counted from 0. Default: all, fused.")
    private Optional<Integer> head = Optional.empty();

    @Option(
            names = "--fusion",
            defaultValue = "mean",
            paramLabel = "mean|max|min",
            description = "How heads become one. Default: ${DEFAULT-VALUE}.")
    private HeadFusion fusion;

    @Option(
            names = "--discard",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Share of each block's smallest weights that rollout leaves out. Default: ${DEFAULT-VALUE}.")
    private double discard;

    @Option(
            names = "--cells",
            defaultValue = "16",
            paramLabel = "N",
            description = "Cells of an occlusion map along each side. Default: ${DEFAULT-VALUE}.")
    private int cells;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "Whose map, for cam and occlusion, and whose probability. Default: the most probable.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--distances",
            description =
                    "Draws nothing; prints how far each head of each block looks, in pixels of the model's input, "
                            + "averaged over the images.")
    private boolean distances;

    @Mixin
    private FiguresFile json;

    /// @param values `[rows][columns]`, over what the model saw of the picture
    record Figures(String model, String image, String method, String label, double probability, double[][] values) {}

    /// @param pixels `[blocks][heads]`, between centres of patches in the model's input
    record Distances(String model, int images, double[][] pixels) {}

    @Override
    public Integer call() throws IOException {
        requireEffect();
        json.requireWritable();
        if (!distances) {
            WrittenFile.requireWritable(out);
            if (images.size() > 1) {
                throw new IllegalArgumentException(
                        images.size() + " images are given, allowed is one without --distances");
            }
        }
        try (Onlooker onlooker = Onlooker.open(model, Runtime.getRuntime().availableProcessors())) {
            if (distances) {
                measure(onlooker);
            } else {
                draw(onlooker, images.getFirst());
            }
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void draw(Onlooker onlooker, Path image) throws IOException {
        Picture picture = Picture.read(image, onlooker.preprocessing());
        Sight sight = onlooker.look(picture.pixels(), view(), label);
        AtomicFiles.write(out, picture.with(sight));
        json.write(figures(image, sight));
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %s %.4f, %s, drawn in %s%n",
                        image,
                        sight.label(),
                        sight.probability(),
                        sight.method(),
                        out);
    }

    private void measure(Onlooker onlooker) throws IOException {
        List<List<double[]>> measured = new ArrayList<>();
        for (Path image : images) {
            measured.add(onlooker.attentionDistances(
                    Picture.read(image, onlooker.preprocessing()).pixels()));
        }
        double[][] means = new double[measured.getFirst().size()][];
        for (int block = 0; block < means.length; block++) {
            means[block] = new double[measured.getFirst().get(block).length];
            for (int head = 0; head < means[block].length; head++) {
                int b = block;
                int h = head;
                means[block][head] = measured.stream()
                        .mapToDouble(one -> one.get(b)[h])
                        .average()
                        .orElseThrow();
            }
        }
        json.write(new Distances(model.toString(), images.size(), means));
        distanceTable(means[0].length)
                .plain(IntStream.range(0, means.length)
                        .mapToObj(block -> new Block(block, means[block]))
                        .toList())
                .forEach(spec.commandLine().getOut()::println);
    }

    private record Block(int number, double[] heads) {}

    private static Table<Block> distanceTable(int heads) {
        Table<Block> table = new Table<Block>()
                .number("block", block -> String.valueOf(block.number()))
                .number(
                        "mean",
                        block -> pixels(Arrays.stream(block.heads()).average().orElseThrow()));
        for (int head = 0; head < heads; head++) {
            int h = head;
            table.number("head " + h, block -> pixels(block.heads()[h]));
        }
        return table;
    }

    private static String pixels(double distance) {
        return String.format(Locale.ROOT, "%.1f", distance);
    }

    private Optional<View> view() {
        return switch (method) {
            case AUTO -> Optional.empty();
            case ATTENTION -> Optional.of(new View.Attention(number(block), number(head), fusion));
            case ROLLOUT -> Optional.of(new View.AttentionRollout(fusion, discard));
            case CAM -> Optional.of(new View.ClassActivationMap());
            case OCCLUSION -> Optional.of(new View.OcclusionMap(cells));
        };
    }

    /// What would have no effect is refused.
    private void requireEffect() {
        requireMethod("--block", Method.ATTENTION);
        requireMethod("--head", Method.ATTENTION);
        requireMethod("--fusion", Method.ATTENTION, Method.ROLLOUT);
        requireMethod("--discard", Method.ROLLOUT);
        requireMethod("--cells", Method.OCCLUSION);
    }

    private void requireMethod(String option, Method... methods) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)
                && !List.of(methods).contains(method)) {
            throw new IllegalArgumentException(option + " is given with --method " + name(method)
                    + ", allowed is --method "
                    + Stream.of(methods).map(LookVerb::name).collect(Collectors.joining(" or ")));
        }
    }

    private static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private static OptionalInt number(Optional<Integer> given) {
        return given.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private Figures figures(Path image, Sight sight) {
        double[][] values = new double[sight.map().rows()][sight.map().columns()];
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                values[row][column] = sight.map().at(row, column);
            }
        }
        return new Figures(
                model.toString(), image.toString(), sight.method(), sight.label(), sight.probability(), values);
    }
}
