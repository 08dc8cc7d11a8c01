package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import java.util.List;

/// A weight that an optimizer moves.
///
/// @param decay of this weight, per step and learning rate
/// @param rate its share of the learning rate
/// @param memory what is remembered of it between steps, in the order in which the [rule][UpdateRule#memory] names it
record Moved(NDArray weight, float decay, float rate, List<NDArray> memory) {}
