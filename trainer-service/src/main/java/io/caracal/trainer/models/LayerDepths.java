package io.caracal.trainer.models;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How deep the weights of a network lie, by their names, as BEiT and timm count (Bao et al. 2021, "BEiT"): layer 0 is
/// all before the first block, layers 1 to [#blocks] are the blocks, and the one after them is the head, which is all
/// behind the last block: final norm, pooling and linear layers.
///
/// A block is `blocks.i` of a transformer or small ResNet, `layer1.i` of a ResNet, `stages.s.blocks.i` of a BiT, or
/// `stages.s` of a plain stack. What lies within `patch_embed` is layer 0, a hybrid's whole ResNet too.
public final class LayerDepths {
    private static final Pattern BLOCK = Pattern.compile(
            "(?:classifier\\.)?(stages\\.\\d+\\.blocks\\.\\d+|stages\\.\\d+|blocks\\.\\d+|layer\\d+\\.\\d+)\\..*");

    /// Declared before the blocks, used behind them.
    private static final Pattern POOLING = Pattern.compile("(?:classifier\\.)?attention_pool\\..*");

    private static final int HEAD = Integer.MAX_VALUE;

    private final Map<String, Integer> depths = new HashMap<>();
    private final Map<String, Integer> blocks = new HashMap<>();

    private LayerDepths() {}

    /// @param weights names in the order in which the layers declare them
    public static LayerDepths of(Collection<String> weights) {
        LayerDepths of = new LayerDepths();
        for (String weight : weights) {
            of.depths.put(weight, of.next(weight));
        }
        return of;
    }

    private int next(String weight) {
        Matcher block = BLOCK.matcher(weight);
        if (block.matches()) {
            return blocks.computeIfAbsent(block.group(1), _ -> blocks.size() + 1);
        }
        return blocks.isEmpty() && !POOLING.matcher(weight).matches() ? 0 : HEAD;
    }

    /// 0 if names do not tell.
    public int blocks() {
        return blocks.size();
    }

    /// @return 0 to `blocks() + 1`
    /// @throws IllegalArgumentException if there is no such weight
    public int of(String weight) {
        Integer depth = depths.get(weight);
        if (depth == null) {
            throw new IllegalArgumentException("there is no weight " + weight);
        }
        return Math.min(depth, blocks() + 1);
    }

    /// Whether any weight lies before the first block.
    boolean hasEmbedding() {
        return depths.containsValue(0);
    }
}
