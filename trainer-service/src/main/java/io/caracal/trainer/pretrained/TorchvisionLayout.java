package io.caracal.trainer.pretrained;

import java.util.Map;
import java.util.Set;

/// torchvision's ViT. (Its ResNets have timm's names.)
record TorchvisionLayout() implements Layout {
    private static final String LAYER = "encoder\\.layers\\.encoder_layer_(\\d+)\\.";
    private static final String KIND = "\\.(weight|bias)";

    private static final Renaming NAMES = new Renaming()
            .rule("class_token", "cls_token")
            .rule("encoder\\.pos_embedding", "pos_embed")
            .rule("conv_proj" + KIND, "patch_embed.proj.$1")
            .rule(LAYER + "ln_1" + KIND, "blocks.$1.norm1.$2")
            .rule(LAYER + "self_attention\\.in_proj_(weight|bias)", "blocks.$1.attn.qkv.$2")
            .rule(LAYER + "self_attention\\.out_proj" + KIND, "blocks.$1.attn.proj.$2")
            .rule(LAYER + "ln_2" + KIND, "blocks.$1.norm2.$2")
            .rule(LAYER + "mlp\\.(?:0|linear_1)" + KIND, "blocks.$1.mlp.fc1.$2")
            .rule(LAYER + "mlp\\.(?:3|linear_2)" + KIND, "blocks.$1.mlp.fc2.$2")
            .rule("encoder\\.ln" + KIND, "norm.$1")
            .rule("heads\\.head" + KIND, "head.$1");

    @Override
    public String label() {
        return "torchvision ViT";
    }

    @Override
    public boolean recognises(Set<String> names) {
        return names.contains("conv_proj.weight") && names.contains("encoder.ln.weight");
    }

    @Override
    public Map<String, String> options() {
        return Map.of("normalization", "imagenet");
    }

    @Override
    public Map<String, Source> translated(Map<String, Source> file) {
        return NAMES.of(file);
    }
}
