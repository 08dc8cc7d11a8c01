package io.caracal.trainer.pretrained;

import java.util.Map;
import java.util.Set;

/// `ViTForImageClassification` and `ViTModel` of Hugging Face's transformers: queries, keys and values apart.
record HuggingFaceLayout() implements Layout {
    private static final String LAYER = "(?:vit\\.)?encoder\\.layer\\.(\\d+)\\.";
    private static final String EMBEDDINGS = "(?:vit\\.)?embeddings\\.";
    private static final String KIND = "\\.(weight|bias)";

    private static final Renaming NAMES = new Renaming()
            .rule(EMBEDDINGS + "cls_token", "cls_token")
            .rule(EMBEDDINGS + "position_embeddings", "pos_embed")
            .rule(EMBEDDINGS + "patch_embeddings\\.projection" + KIND, "patch_embed.proj.$1")
            .rule(LAYER + "layernorm_before" + KIND, "blocks.$1.norm1.$2")
            .rule(LAYER + "attention\\.attention\\.query" + KIND, "blocks.$1.attn.qkv.$2#0")
            .rule(LAYER + "attention\\.attention\\.key" + KIND, "blocks.$1.attn.qkv.$2#1")
            .rule(LAYER + "attention\\.attention\\.value" + KIND, "blocks.$1.attn.qkv.$2#2")
            .rule(LAYER + "attention\\.output\\.dense" + KIND, "blocks.$1.attn.proj.$2")
            .rule(LAYER + "layernorm_after" + KIND, "blocks.$1.norm2.$2")
            .rule(LAYER + "intermediate\\.dense" + KIND, "blocks.$1.mlp.fc1.$2")
            .rule(LAYER + "output\\.dense" + KIND, "blocks.$1.mlp.fc2.$2")
            .rule("(?:vit\\.)?layernorm" + KIND, "norm.$1")
            .rule("classifier" + KIND, "head.$1");

    @Override
    public String label() {
        return "Hugging Face ViT";
    }

    @Override
    public boolean recognises(Set<String> names) {
        return names.contains("embeddings.patch_embeddings.projection.weight")
                || names.contains("vit.embeddings.patch_embeddings.projection.weight");
    }

    @Override
    public Map<String, Source> translated(Map<String, Source> file) {
        return Renaming.joined(NAMES.of(file));
    }
}
