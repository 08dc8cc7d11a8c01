package io.caracal.trainer.pretrained;

import java.util.Map;
import java.util.Set;

/// The ViT of vit-pytorch that `seed-vit` is: it cuts patches in the same order as ours, so names are all that
/// differs.
record LucidrainsLayout() implements Layout {
    private static final String LAYER = "transformer\\.layers\\.(\\d+)\\.";
    private static final String KIND = "\\.(weight|bias)";

    private static final Renaming NAMES = new Renaming()
            .rule("pos_embedding", "pos_embed")
            .rule("to_patch_embedding\\.1" + KIND, "patch_embed.norm_in.$1")
            .rule("to_patch_embedding\\.2" + KIND, "patch_embed.proj.$1")
            .rule("to_patch_embedding\\.3" + KIND, "patch_embed.norm_out.$1")
            .rule(LAYER + "0\\.norm" + KIND, "blocks.$1.norm1.$2")
            .rule(LAYER + "0\\.fn\\.to_qkv\\.weight", "blocks.$1.attn.qkv.weight")
            .rule(LAYER + "0\\.fn\\.to_out\\.0" + KIND, "blocks.$1.attn.proj.$2")
            .rule(LAYER + "1\\.norm" + KIND, "blocks.$1.norm2.$2")
            .rule(LAYER + "1\\.fn\\.net\\.0" + KIND, "blocks.$1.mlp.fc1.$2")
            .rule(LAYER + "1\\.fn\\.net\\.3" + KIND, "blocks.$1.mlp.fc2.$2")
            .rule("mlp_head\\.0" + KIND, "norm.$1")
            .rule("mlp_head\\.1" + KIND, "head.$1");

    @Override
    public String label() {
        return "vit-pytorch";
    }

    @Override
    public boolean recognises(Set<String> names) {
        return names.contains("pos_embedding") && names.contains("to_patch_embedding.2.weight");
    }

    @Override
    public Map<String, Source> translated(Map<String, Source> file) {
        return NAMES.of(file);
    }
}
