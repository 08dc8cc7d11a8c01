package io.caracal.trainer.models;

import io.caracal.trainer.models.VisionTransformer.Size;
import java.util.HashMap;
import java.util.Map;

/// A Vision Transformer that trains in a test: 32x32 pixels, 4x4 patches, two layers of 32 channels.
public final class SmallVit {
    private SmallVit() {}

    public static Architecture with(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("image-size", "32");
        Options chosen = new Presets().named("vit-ti-16", all).options();
        return new VisionTransformers.Preset("small-vit", new Size(32, 2, 2, 64, 8), chosen);
    }
}
