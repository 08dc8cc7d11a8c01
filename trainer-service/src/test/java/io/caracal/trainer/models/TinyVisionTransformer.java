package io.caracal.trainer.models;

import io.caracal.trainer.nn.Gelu;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Pattern;
import io.caracal.trainer.nn.Relative;
import io.caracal.trainer.nn.Scheme;
import java.util.List;

/// The Vision Transformer of spec 4.10 for tests of other packages.
public final class TinyVisionTransformer {
    private TinyVisionTransformer() {}

    /// Images of 32x32 in four patches, a class token, four heads, two blocks, three classes.
    ///
    /// @param relative with anything but `NONE`, attention is written out instead of fused
    public static Layer create(Relative relative) {
        return new VisionTransformer(new VisionTransformer.Config(
                new VisionTransformer.Size(16, 2, 4, 32, 16),
                32,
                VisionTransformer.Absolute.LEARNED_1D,
                relative,
                new VisionTransformer.Patterned(List.of(new Pattern.Full())),
                VisionTransformer.Pool.CLS,
                VisionTransformer.Head.LINEAR,
                0,
                0,
                0,
                Gelu.ERF,
                1e-6f,
                Scheme.TIMM,
                3));
    }
}
