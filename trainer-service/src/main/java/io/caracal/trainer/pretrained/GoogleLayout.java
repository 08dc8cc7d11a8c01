package io.caracal.trainer.pretrained;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The .npz files of Google's vit_jax and big_vision (Flax): kernels have their outputs last, heads are an axis
/// of queries, keys and values, and hybrids count stages and units from 1.
record GoogleLayout() implements Layout {
    private static final Pattern PREFIX = Pattern.compile("^(?:params|opt/target)/");
    private static final String BLOCK = "Transformer/encoderblock_(\\d+)/";
    private static final String ATTENTION = BLOCK + "MultiHeadDotProductAttention_[01]/";
    private static final String MLP = BLOCK + "MlpBlock_[03]/";
    private static final String DENSE = "/(kernel|bias)";
    private static final String NORM = "/(scale|bias)";
    private static final Pattern UNIT =
            Pattern.compile("block(\\d+)/unit(\\d+)/(conv|gn)(\\d|_proj)/(kernel|scale|bias)");

    private static final Renaming NAMES = new Renaming()
            .rule("cls", "cls_token")
            .rule("(?:Transformer/posembed_input/)?pos_embedding", "pos_embed")
            .rule("embedding" + DENSE, "patch_embed.proj.$1")
            .rule(BLOCK + "LayerNorm_0" + NORM, "blocks.$1.norm1.$2")
            .rule(BLOCK + "LayerNorm_[12]" + NORM, "blocks.$1.norm2.$2")
            .rule(ATTENTION + "query" + DENSE, "blocks.$1.attn.qkv.$2#0")
            .rule(ATTENTION + "key" + DENSE, "blocks.$1.attn.qkv.$2#1")
            .rule(ATTENTION + "value" + DENSE, "blocks.$1.attn.qkv.$2#2")
            .rule(ATTENTION + "out" + DENSE, "blocks.$1.attn.proj.$2")
            .rule(MLP + "Dense_0" + DENSE, "blocks.$1.mlp.fc1.$2")
            .rule(MLP + "Dense_1" + DENSE, "blocks.$1.mlp.fc2.$2")
            .rule("Transformer/encoder_norm" + NORM, "norm.$1")
            .rule("head" + DENSE, "head.$1")
            .rule("conv_root/kernel", "patch_embed.backbone.stem.conv.kernel")
            .rule("gn_root" + NORM, "patch_embed.backbone.stem.norm.$1");

    @Override
    public String label() {
        return "Google ViT";
    }

    @Override
    public boolean recognises(Set<String> names) {
        return names.stream()
                .map(name -> PREFIX.matcher(name).replaceFirst(""))
                .anyMatch("Transformer/encoder_norm/scale"::equals);
    }

    @Override
    public Map<String, String> options() {
        return Map.of("gelu", "tanh", "numerics", "flax", "normalization", "half");
    }

    @Override
    public Map<String, Source> translated(Map<String, Source> file) {
        boolean onlyStem = file.keySet().stream().noneMatch(name -> name.contains("block1/unit1/"));
        Map<String, Source> renamed = new LinkedHashMap<>();
        file.forEach((name, source) -> {
            String flax = NAMES.of(unit(PREFIX.matcher(name).replaceFirst("")));
            String ours = flax.replaceFirst("\\.(kernel|scale)(?=$|#)", ".weight");
            if (onlyStem) {
                // timm has no stages around a stem without any.
                ours = ours.replaceFirst("\\.backbone\\.stem\\.", ".backbone.");
            }
            Renaming.put(renamed, ours, turned(flax, source));
        });
        return Renaming.joined(renamed);
    }

    /// The name of a tensor in the convolutional half of a hybrid.
    private static String unit(String name) {
        return UNIT.matcher(name).replaceFirst(GoogleLayout::unit);
    }

    private static String unit(MatchResult match) {
        boolean conv = match.group(3).equals("conv");
        String layer = match.group(4).equals("_proj")
                ? "downsample." + (conv ? "conv" : "norm")
                : (conv ? "conv" : "norm") + match.group(4);
        return "patch_embed.backbone.stages." + (Integer.parseInt(match.group(1)) - 1) + ".blocks."
                + (Integer.parseInt(match.group(2)) - 1) + "." + layer + "." + match.group(5);
    }

    /// From outputs last to outputs first. What has an unexpected shape stays as it is and is found out later.
    private static Source turned(String flax, Source source) {
        long[] shape = source.shape();
        if (flax.contains(".qkv.bias") && source.rank() == 2) {
            return source.reshaped(shape[0] * shape[1]);
        }
        if (!flax.contains(".kernel")) {
            return source;
        }
        return switch (source.rank()) {
            case 2 -> source.permuted(1, 0);
            case 3 ->
                (flax.contains(".proj.")
                                ? source.reshaped(shape[0] * shape[1], shape[2]) // heads, width, out
                                : source.reshaped(shape[0], shape[1] * shape[2])) // in, heads, width
                        .permuted(1, 0);
            case 4 -> source.permuted(3, 2, 0, 1); // height, width, in, out
            default -> source;
        };
    }
}
