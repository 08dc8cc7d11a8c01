package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Weight;
import java.util.Collection;

/// The length of the gradient of all weights together, to clip it (Pascanu et al. 2013, algorithm 1).
final class GradientNorm {
    /// PyTorch's, against a division by zero.
    private static final double EPSILON = 1e-6;

    private GradientNorm() {}

    /// What the gradients are multiplied by so that together they are no longer than the limit.
    ///
    /// @param scale that they are multiplied by anyway
    /// @param limit of their norm after that; 0 for none
    /// @return the scale, or less
    static float clipped(Collection<Weight> weights, float scale, float limit, NDManager memory) {
        if (limit == 0) {
            return scale;
        }
        double norm = of(weights, memory) * (double) scale;
        // Not a number stays not a number and ends the run as diverged.
        return norm <= limit ? scale : (float) (scale * (limit / (norm + EPSILON)));
    }

    /// Read from the device once.
    private static float of(Collection<Weight> weights, NDManager memory) {
        try (Gradients _ = Gradients.off();
                NDManager scope = memory.newSubManager()) {
            NDList norms = new NDList();
            for (Weight weight : weights) {
                if (weight.trained()) {
                    try (NDArray gradient = weight.array().getGradient()) {
                        NDArray norm = gradient.norm();
                        norm.attach(scope);
                        norms.add(norm);
                    }
                }
            }
            return NDArrays.stack(norms).norm().getFloat();
        }
    }
}
