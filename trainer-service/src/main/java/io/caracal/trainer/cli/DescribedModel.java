package io.caracal.trainer.cli;

import static io.caracal.trainer.cli.Figures.bytes;
import static io.caracal.trainer.cli.Figures.count;
import static io.caracal.trainer.cli.Figures.shape;

import io.caracal.trainer.describe.AttentionCost;
import io.caracal.trainer.describe.Description;
import io.caracal.trainer.describe.LayerCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A description as a person reads it: a line per layer, the sums, what attention takes of them.
final class DescribedModel {
    private static final Table<LayerCost> LAYERS = new Table<LayerCost>()
            .text("layer", LayerCost::name)
            .text("output", layer -> shape(layer.output()))
            .number("parameters", layer -> count(layer.parameters()))
            .number("MACs", layer -> count(layer.macs()))
            .number("activations", layer -> bytes(layer.activationBytes()))
            .number(
                    "field/stride",
                    layer -> layer.field()
                            .map(field -> field.size() + "/" + field.jump())
                            .orElse(""))
            .text("operations", layer -> String.join(", ", layer.operations()));

    private DescribedModel() {}

    static List<String> plain(Description description, int depth) {
        List<String> lines = new ArrayList<>();
        lines.add(title(description));
        lines.add("");
        lines.addAll(LAYERS.plain(rows(description, depth)));
        lines.add("");
        lines.add("weights    " + weights(description));
        description.attention().ifPresent(cost -> lines.add("attention  " + attention(cost, description)));
        return lines;
    }

    static List<String> markdown(Description description, int depth) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + title(description));
        lines.add("");
        lines.addAll(LAYERS.markdown(rows(description, depth)));
        lines.add("");
        lines.add("Weights: " + weights(description) + ".");
        description.attention().ifPresent(cost -> lines.add("Attention: " + attention(cost, description) + "."));
        return lines;
    }

    private static List<LayerCost> rows(Description description, int depth) {
        List<LayerCost> rows = new ArrayList<>(description.layers(depth));
        rows.add(new LayerCost(
                "total",
                List.of(),
                List.of(),
                description.parameters(),
                description.macs(),
                description.activationBytes(),
                Optional.empty(),
                Optional.empty()));
        return rows;
    }

    private static String title(Description description) {
        return "%s: %d classes, images of %dx%<d"
                .formatted(description.preset(), description.classes(), description.imageSize());
    }

    private static String weights(Description description) {
        return bytes(description.weightBytes());
    }

    private static String attention(AttentionCost cost, Description description) {
        String masked =
                cost.maskedMacs() == 0 ? "" : "; " + count(cost.maskedMacs()) + " of them on pairs that a mask forbids";
        return String.format(
                Locale.ROOT,
                "%d times, score matrices up to %s, %s together; both products %s MACs, %.1f %% of all%s",
                cost.count(),
                shape(cost.largest()),
                bytes(cost.scoreBytes()),
                count(cost.macs()),
                100.0 * cost.macs() / description.macs(),
                masked);
    }
}
