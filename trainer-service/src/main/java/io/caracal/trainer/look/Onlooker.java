package io.caracal.trainer.look;

import io.caracal.contracts.ModelCard;
import io.caracal.imaging.Preprocessing;
import io.caracal.onnx.MalformedGraphException;
import io.caracal.onnx.Outline;
import io.caracal.onnx.Taps;
import io.caracal.scoring.InnerValues;
import io.caracal.scoring.ModelException;
import io.caracal.scoring.ModelProbe;
import io.caracal.scoring.Scores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A model file that is looked into. Owns its session; for one thread.
public final class Onlooker implements AutoCloseable {
    private static final int CELLS = 16;

    private final ModelProbe probe;
    private final AttentionEdges attention;
    /// By the name of the graph's output: which of them is served says the card.
    private final Map<String, ClassActivation> activations;

    private Onlooker(ModelProbe probe, AttentionEdges attention, Map<String, ClassActivation> activations) {
        this.probe = probe;
        this.attention = attention;
        this.activations = activations;
    }

    /// @param threads that share one run
    /// @throws ModelException if the file cannot be served: what is missing or wrong, in one line
    public static Onlooker open(Path file, int threads) throws IOException {
        Outline outline = outline(file);
        AttentionEdges attention = AttentionEdges.of(outline);
        Map<String, ClassActivation> activations = new LinkedHashMap<>();
        for (String output : outline.outputs()) {
            ClassActivation.of(outline, output).ifPresent(found -> activations.put(output, found));
        }
        List<String> edges = Stream.concat(
                        attention.names().stream(),
                        activations.values().stream().flatMap(found -> found.names().stream()))
                .distinct()
                .toList();
        List<String> outputs = edges.stream().map(Taps::output).toList();
        ModelProbe probe = ModelProbe.open(file, Taps.appendix(edges), outputs, threads);
        return new Onlooker(probe, attention, activations);
    }

    /// What a model file computes.
    ///
    /// @throws ModelException if there is no such file, or it is no model
    public static Outline outline(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelException("model file " + file + " does not exist");
        }
        try (FileChannel channel = FileChannel.open(file);
                Arena arena = Arena.ofConfined()) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new ModelException("model file " + file + " has " + channel.size()
                        + " bytes, allowed is less than 2 GiB, the most that an ONNX file holds");
            }
            return Outline.read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                    .asByteBuffer());
        } catch (MalformedGraphException e) {
            throw new ModelException("model file " + file + " is " + e.getMessage(), e);
        }
    }

    public ModelCard card() {
        return probe.card();
    }

    /// How an image must be decoded for this model.
    public Preprocessing preprocessing() {
        return probe.preprocessing();
    }

    /// @param pixels direct, one image as [#preprocessing] says, from the position, which is not moved
    /// @param view the one that suits the model if empty: attention rollout, else a class activation map, else an
    ///     occlusion map
    /// @param label the most probable one if empty
    /// @throws IllegalArgumentException if the model has no such label, block, head or no such view
    public Sight look(ByteBuffer pixels, Optional<View> view, Optional<String> label) {
        InnerValues inner = probe.run(pixels, 1);
        if (!inner.scores().isFinite(0)) {
            throw new ModelException("the model's scores of this image are not finite");
        }
        Optional<AttentionEdges.Found> found = attention.read(inner, 0);
        int classIndex = label.map(this::indexOf).orElse(inner.scores().best(0));
        Optional<HeatMap> activation =
                Optional.ofNullable(activations.get(card().output().name())).flatMap(at -> at.read(inner, classIndex));
        Sighted sighted =
                switch (view.orElseGet(() -> suitable(found.isPresent(), activation.isPresent()))) {
                    case View.Attention raw -> raw(raw, required(found));
                    case View.AttentionRollout rollout -> rollout(rollout, required(found));
                    case View.ClassActivationMap() -> activation(activation);
                    case View.OcclusionMap(int cells) -> occlusion(cells, pixels, classIndex);
                };
        return new Sight(
                sighted.method(),
                card().labels().get(classIndex),
                inner.scores().probabilities()[0][classIndex],
                sighted.map());
    }

    /// How far each head of each block looks at this image, in pixels of the model's input.
    ///
    /// @param pixels direct, one image as [#preprocessing] says
    /// @return `[blocks][heads]`
    /// @throws IllegalArgumentException if the model has no attention between all patches
    public List<double[]> attentionDistances(ByteBuffer pixels) {
        AttentionEdges.Found found = required(attention.read(probe.run(pixels, 1), 0));
        double width = (double) card().input().width() / found.grid().side();
        double height = (double) card().input().height() / found.grid().side();
        return found.layers().stream()
                .map(layer -> AttentionDistance.of(layer, found.grid(), width, height))
                .toList();
    }

    private static View suitable(boolean hasAttention, boolean hasActivation) {
        if (hasAttention) {
            return new View.AttentionRollout(HeadFusion.MEAN, 0);
        }
        return hasActivation ? new View.ClassActivationMap() : new View.OcclusionMap(CELLS);
    }

    private record Sighted(String method, HeatMap map) {}

    private static Sighted raw(View.Attention view, AttentionEdges.Found found) {
        int block = view.block().orElse(found.layers().size() - 1);
        requireBelow("block", block, found.layers().size());
        AttentionWeights layer = found.layers().get(block);
        if (view.head().isPresent()) {
            requireBelow("head", view.head().getAsInt(), layer.heads());
        }
        String heads = view.head().isPresent()
                ? "head " + view.head().getAsInt()
                : name(view.fusion()) + " of " + layer.heads() + " heads";
        AttentionWeights chosen =
                view.head().isPresent() ? layer.head(view.head().getAsInt()) : layer;
        return new Sighted(
                "attention of block " + block + ", " + heads + ", " + whose(found.grid()),
                AttentionMaps.raw(chosen.fused(view.fusion()), found.grid()));
    }

    private static Sighted rollout(View.AttentionRollout view, AttentionEdges.Found found) {
        double[][] rollout = new Rollout(view.fusion(), view.discard()).of(found.layers(), found.grid());
        String discarded = view.discard() == 0 ? "" : ", lowest " + view.discard() + " discarded";
        return new Sighted(
                "attention rollout over " + found.layers().size() + " blocks, " + name(view.fusion()) + " of heads"
                        + discarded + ", " + whose(found.grid()),
                AttentionMaps.raw(rollout, found.grid()).scaled());
    }

    private static Sighted activation(Optional<HeatMap> map) {
        HeatMap found = map.orElseThrow(() -> new IllegalArgumentException(
                "this model does not end in a mean over places and one linear layer: use method occlusion"));
        return new Sighted(
                "class activation map, " + found.rows() + "x" + found.columns() + ": what places add to the logit",
                found);
    }

    private Sighted occlusion(int cells, ByteBuffer pixels, int classIndex) {
        byte[] image = new byte[preprocessing().pixelBytes()];
        pixels.get(pixels.position(), image);
        HeatMap map = new Occlusion(cells)
                .of(
                        image,
                        card().input().width(),
                        card().input().height(),
                        (covered, count) -> column(probe.score(covered, count), classIndex));
        return new Sighted("occlusion, " + cells + "x" + cells + " cells: probability lost where covered", map);
    }

    private static double[] column(Scores scores, int classIndex) {
        return Arrays.stream(scores.probabilities())
                .mapToDouble(row -> row[classIndex])
                .toArray();
    }

    private static AttentionEdges.Found required(Optional<AttentionEdges.Found> found) {
        return found.orElseThrow(() -> new IllegalArgumentException(
                "this model has no attention between all patches of an image: use method cam or occlusion"));
    }

    private static String whose(TokenGrid grid) {
        return grid.hasClassToken() ? "of the class token" : "received from all patches";
    }

    private static String name(HeadFusion fusion) {
        return fusion.name().toLowerCase(Locale.ROOT);
    }

    private static void requireBelow(String what, int given, int count) {
        if (given < 0 || given >= count) {
            throw new IllegalArgumentException(
                    what + " is " + given + ", this model has " + what + "s 0 to " + (count - 1));
        }
    }

    private int indexOf(String label) {
        int index = card().labels().indexOf(label);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "label is " + label + ", the model knows " + String.join(", ", card().labels()));
        }
        return index;
    }

    @Override
    public void close() {
        probe.close();
    }
}
