package io.caracal.trainer.models;

import io.caracal.trainer.fit.Recipe;
import io.caracal.trainer.nn.Layer;

/// A model that can be trained by its name. Adding one is adding a class: implement this and annotate it with
/// `@AutoService(Architecture.class)`; [Presets] finds it.
public interface Architecture {

    /// The preset's name: `seed-cnn`.
    String name();

    /// Width and height of the input in pixels.
    int imageSize();

    /// The published recipe, with the seed 0.
    Recipe recipe();

    /// The layers, still without weights.
    Layer layers(int classes);
}
