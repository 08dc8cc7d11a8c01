package io.caracal.trainer.pretrained;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The TNT of its authors at Huawei, whose inner positions are rows of words instead of a picture.
record TntLayout() implements Layout {
    private static final String KIND = "\\.(.*)";
    private static final String BLOCK = "(blocks\\.\\d+\\.)";

    private static final Renaming NAMES = new Renaming()
            .rule("outer_pos", "patch_pos")
            .rule("inner_pos", "pixel_pos")
            .rule("patch_embed" + KIND, "pixel_embed.$1")
            .rule("(blocks\\.\\d+\\.)?proj_norm([12])" + KIND, "$1norm$2_proj.$3")
            .rule(BLOCK + "inner_norm1" + KIND, "$1norm_in.$2")
            .rule(BLOCK + "inner_attn" + KIND, "$1attn_in.$2")
            .rule(BLOCK + "inner_norm2" + KIND, "$1norm_mlp_in.$2")
            .rule(BLOCK + "inner_mlp" + KIND, "$1mlp_in.$2")
            .rule(BLOCK + "outer_norm1" + KIND, "$1norm_out.$2")
            .rule(BLOCK + "outer_attn" + KIND, "$1attn_out.$2")
            .rule(BLOCK + "outer_norm2" + KIND, "$1norm_mlp.$2")
            .rule(BLOCK + "outer_mlp" + KIND, "$1mlp.$2");

    @Override
    public String label() {
        return "TNT of its authors";
    }

    @Override
    public boolean recognises(Set<String> names) {
        return names.contains("outer_pos") && names.contains("blocks.0.inner_norm1.weight");
    }

    @Override
    public Map<String, Source> translated(Map<String, Source> file) {
        Map<String, Source> renamed = new LinkedHashMap<>(NAMES.of(file));
        renamed.computeIfPresent("pixel_pos", (_, words) -> {
            int side = words.rank() == 3 ? (int) Math.sqrt((double) words.shape()[1]) : 0;
            return side == 0 || (long) side * side != words.shape()[1]
                    ? words
                    : words.permuted(0, 2, 1).reshaped(1, words.shape()[2], side, side);
        });
        return renamed;
    }
}
