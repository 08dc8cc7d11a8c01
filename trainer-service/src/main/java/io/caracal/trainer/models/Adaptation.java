package io.caracal.trainer.models;

import java.util.regex.Pattern;

/// Which weights of a network learn, and how fast: for networks that know something already.
///
/// Frozen weights get no gradient and no memory of the optimizer, do not count in the length of the gradient, and are
/// not averaged. Frozen batch norms normalise by their running statistics, in training too, and keep them. Dropout goes
/// on everywhere.
///
/// @param freeze what stays as it is, by [LayerDepths]: `none`, `embedding` (all before the first block), a number of
///     blocks (the embedding and so many), or `all-but-head`
/// @param layerDecay `d` of the layer-wise learning rate (Clark et al. 2020, "ELECTRA"; BEiT's counting): weights of
///     layer `i` have `d^(blocks + 1 - i)` of the recipe's rate, so the head has all of it; 1 for the same everywhere
public record Adaptation(String freeze, float layerDecay) {
    private static final String NOTHING = "none";
    private static final String EMBEDDING = "embedding";
    private static final String ALL_BUT_HEAD = "all-but-head";
    private static final Pattern BLOCKS = Pattern.compile("[1-9]\\d{0,3}");

    /// Everything learns at the same rate.
    public static final Adaptation NONE = new Adaptation(NOTHING, 1);

    public Adaptation {
        boolean named = freeze.equals(NOTHING) || freeze.equals(EMBEDDING) || freeze.equals(ALL_BUT_HEAD);
        Allowed.that(
                named || BLOCKS.matcher(freeze).matches(),
                "adapt.freeze",
                freeze,
                "none, embedding, a number of blocks from 1 on, or all-but-head");
        Allowed.that(layerDecay > 0 && layerDecay <= 1, "adapt.layerDecay", layerDecay, "more than 0, at most 1");
        Allowed.that(
                layerDecay == 1 || !freeze.equals(ALL_BUT_HEAD),
                "adapt.layerDecay",
                layerDecay,
                "1 if adapt.freeze is all-but-head: one layer learns");
    }

    /// @throws IllegalArgumentException if this does not suit the architecture, in one line
    public void check(Architecture architecture) {
        if (!equals(NONE)) {
            check(
                    architecture.name(),
                    LayerDepths.of(architecture.layers(2).weights().keySet()));
        }
    }

    private void check(String name, LayerDepths depths) {
        int blocks = depths.blocks();
        Allowed.that(
                blocks > 0,
                "adapt",
                "freeze " + freeze + ", layerDecay " + layerDecay,
                "neither with " + name + ": the names of its weights do not tell their depth");
        Allowed.that(
                !freeze.equals(EMBEDDING) || depths.hasEmbedding(),
                "adapt.freeze",
                freeze,
                "none, 1 to " + blocks + " or all-but-head: " + name + " has nothing before its first block");
        Allowed.that(
                frozenLayers(0) <= blocks + 1,
                "adapt.freeze",
                freeze,
                "none, embedding, 1 to " + blocks + " or all-but-head: " + name + " has " + blocks + " blocks");
    }

    /// Whether a weight stays as it is.
    public boolean freezes(String weight, LayerDepths depths) {
        return depths.of(weight) < frozenLayers(depths.blocks());
    }

    /// What the learning rate is multiplied by for a weight.
    public float rate(String weight, LayerDepths depths) {
        return (float) Math.pow(layerDecay, depths.blocks() + 1.0 - depths.of(weight));
    }

    private int frozenLayers(int blocks) {
        return switch (freeze) {
            case NOTHING -> 0;
            case EMBEDDING -> 1;
            case ALL_BUT_HEAD -> blocks + 1;
            default -> Integer.parseInt(freeze) + 1;
        };
    }
}
