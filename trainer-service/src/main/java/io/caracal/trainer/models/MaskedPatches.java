package io.caracal.trainer.models;

import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Normalization;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.LinkedHashMap;
import java.util.Map;

/// A Vision Transformer with one weight more, the mask token, and a head that is asked for each patch instead of the
/// whole image: what masked patch prediction trains (spec 2.10). Its classes are those of a patch.
///
/// @param model a Vision Transformer
public record MaskedPatches(Architecture model) implements Architecture {
    private static final String ENCODER = "encoder.";

    /// @throws IllegalArgumentException if the model does not keep a token for each patch, or has but one patch
    public MaskedPatches {
        check(model);
    }

    static void check(Architecture model) {
        if (!(model.layers(1) instanceof PatchEncoder encoder)) {
            throw new IllegalArgumentException(
                    "preset is " + model.name()
                            + ", allowed in pre-training is a Vision Transformer like vit-ti-16: it keeps a token for each patch");
        }
        Allowed.that(encoder.side() > 1, "image-size", model.imageSize(), "at least two patches in a row");
    }

    /// Patches in a row.
    public int side() {
        return ((PatchEncoder) model.layers(1)).side();
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public int imageSize() {
        return model.imageSize();
    }

    @Override
    public Normalization normalization() {
        return model.normalization();
    }

    @Override
    public Recipe recipe() {
        return PublishedRecipes.masked(name());
    }

    @Override
    public Options options() {
        return model.options();
    }

    /// @param classes of a patch
    @Override
    public Layers layers(int classes) {
        return new Layers(model.layers(classes));
    }

    /// What the model itself can start from: the weights of a network of this architecture without head and mask token,
    /// by their names in the model.
    public static Map<String, Weight> encoder(Network network) {
        Map<String, Weight> weights = new LinkedHashMap<>();
        network.weights().forEach((name, weight) -> {
            if (name.startsWith(ENCODER)) {
                String own = name.substring(ENCODER.length());
                if (!own.startsWith("head.") && !own.startsWith("pre_logits.")) {
                    weights.put(own, weight);
                }
            }
        });
        return weights;
    }

    /// Images to what is said of their patches.
    public static final class Layers extends Layer {
        private static final double DEVIATION = .02;

        private final Weight maskToken;
        private final PatchEncoder encoder;

        private Layers(Layer model) {
            encoder = (PatchEncoder) model;
            // Of the shape of a linear layer's weight: what is masked is multiplied by it.
            maskToken = parameter("mask_token", Initial.normal(DEVIATION), encoder.width(), 1);
            part("encoder", model);
        }

        /// Nothing hidden, every patch asked for: `[N, 3, H, W]` to `[N, patches, classes]`.
        @Override
        public Tensor forward(Tensor images) {
            return encoder.classifyPatches(encoder.encodePatches(encoder.embed(images)));
        }

        /// @param images `[N, 3, H, W]`
        /// @param sources `[N, patches, patches]`: row `i` is 1 at the patch that stands in for patch `i`,
        ///     or all 0 if that is masked
        /// @param masked `[N, patches, 1]`: 1 where it is masked, else 0
        /// @param chosen `[N, K, patches]`: row `k` is 1 at the patch that is asked for
        /// @return `[N, K, classes]`
        public Tensor forward(Tensor images, Tensor sources, Tensor masked, Tensor chosen) {
            Tensor patches = sources.matmul(encoder.embed(images)).add(masked.linear(maskToken));
            return encoder.classifyPatches(chosen.matmul(encoder.encodePatches(patches)));
        }
    }
}
