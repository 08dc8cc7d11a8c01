package io.caracal.trainer.models;

import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.tensor.Normalization;

/// A model that can be trained by its name. Adding one is adding a file: a class that implements this and is annotated
/// with `@AutoService(Architecture.class)`; [Presets] finds it. Several sizes of one kind are a [Family].
public interface Architecture {

    /// The preset's name: `seed-cnn`.
    String name();

    /// Width and height of the input in pixels: what is chosen, where that is an [option][Option#imageSize].
    default int imageSize() {
        return options().imageSize().orElse(224);
    }

    /// How bytes become the input's numbers: what is chosen, where that is an [option][Option#normalization].
    default Normalization normalization() {
        return options().normalization().orElse(Normalization.UNIT);
    }

    /// The published recipe, with the seed 0.
    Recipe recipe();

    /// The layers from `[N, 3, imageSize, imageSize]` to logits `[N, classes]`, still without weights.
    Layer layers(int classes);

    /// What can be chosen about this architecture, and what is chosen. Part of what a model is: it travels in its card.
    default Options options() {
        return Options.NONE;
    }

    /// This architecture with other choices among its [#options].
    ///
    /// @throws IllegalArgumentException if choices do not go together: in one line
    default Architecture with(Options options) {
        return this;
    }
}
