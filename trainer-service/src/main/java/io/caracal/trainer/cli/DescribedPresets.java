package io.caracal.trainer.cli;

import static io.caracal.trainer.cli.Figures.bytes;
import static io.caracal.trainer.cli.Figures.count;
import static io.caracal.trainer.cli.Figures.shape;

import io.caracal.trainer.describe.Description;
import java.util.ArrayList;
import java.util.List;

/// All presets as a person compares them: a line each.
final class DescribedPresets {
    private static final Table<Description> PRESETS = new Table<Description>()
            .text("preset", Description::preset)
            .number("image", preset -> preset.imageSize() + "x" + preset.imageSize())
            .number("parameters", preset -> count(preset.parameters()))
            .number("MACs", preset -> count(preset.macs()))
            .number("weights", preset -> bytes(preset.weightBytes()))
            .number("activations", preset -> bytes(preset.activationBytes()))
            .text(
                    "attention",
                    preset -> preset.attention()
                            .map(cost -> cost.count() + " of " + shape(cost.largest()))
                            .orElse(""));

    private DescribedPresets() {}

    static List<String> plain(List<Description> presets) {
        return PRESETS.plain(presets);
    }

    /// The page `docs/results/presets.md`.
    static List<String> markdown(List<Description> presets) {
        List<String> lines = new ArrayList<>(List.of(
                "# Presets",
                "",
                "Written by `./caracal describe --markdown`; a test compares this page with the code.",
                "",
                "What each preset costs for one image, with %d classes. MACs are the multiply-accumulates of convolutions,"
                        .formatted(presets.getFirst().classes()),
                "linear layers and both attention products; nothing else counts. Activations are the results of all",
                "operations together in 32-bit floats, views left out. Attention says how many there are and the shape of the",
                "largest score matrices of one: heads, queries, keys.",
                ""));
        lines.addAll(PRESETS.markdown(presets));
        return lines;
    }
}
