package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Gradients;

/// One forward and backward pass and one update. All native memory of a step belongs to its scope and goes with it.
final class Step {
    private final Network network;
    private final Adam adam;

    Step(Network network, Adam adam) {
        this.network = network;
        this.adam = adam;
    }

    /// @return the logits before the update, `[N, classes]`, flat
    float[] train(Batch batch) {
        try (NDManager scope = network.compute().newScope();
                GradientCollector collector = network.compute().newGradientCollector()) {
            NDArray logits =
                    network.forward(scope, batch.pixels(), batch.size(), true).array();
            collector.backward(CrossEntropy.mean(logits, batch));
            adam.step();
            return logits.toFloatArray();
        }
    }

    /// @return the logits in evaluation mode, `[N, classes]`, flat
    static float[] evaluate(Network network, Batch batch) {
        try (Gradients _ = Gradients.off();
                NDManager scope = network.compute().newScope()) {
            return network.forward(scope, batch.pixels(), batch.size(), false)
                    .array()
                    .toFloatArray();
        }
    }
}
