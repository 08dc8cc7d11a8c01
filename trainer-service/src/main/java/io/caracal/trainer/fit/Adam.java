package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.tensor.Weight;
import java.util.LinkedHashMap;
import java.util.Map;

/// Adam (Kingma and Ba 2015) with PyTorch's defaults and no weight decay. Owns the moments; everything happens in
/// place.
final class Adam implements AutoCloseable {
    private static final float BETA_1 = 0.9f;
    private static final float BETA_2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    /// @param mean running mean of the gradient
    /// @param square running mean of its square
    record Moments(NDArray weight, NDArray mean, NDArray square) {}

    private final float learningRate;
    private final NDManager memory;
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private long steps;

    Adam(Map<String, Weight> weights, float learningRate, NDManager memory) {
        this.learningRate = learningRate;
        this.memory = memory;
        weights.forEach((name, weight) -> {
            if (weight.trained()) {
                NDArray array = weight.array();
                moments.put(name, new Moments(array, memory.zeros(array.getShape()), memory.zeros(array.getShape())));
            }
        });
    }

    /// Moves every weight by its gradient and sets the gradient to zero.
    void step() {
        steps++;
        double correction1 = 1 - Math.pow(BETA_1, (double) steps);
        double correction2 = Math.sqrt(1 - Math.pow(BETA_2, (double) steps));
        // The engine's update leaves out the corrections of both moments. Of the second one it is equivalent to correct
        // the rate and the epsilon instead.
        float rate = (float) (learningRate * correction2 / correction1);
        float epsilon = (float) (EPSILON * correction2);
        for (Moments m : moments.values()) {
            try (NDArray gradient = m.weight().getGradient()) {
                m.weight()
                        .getNDArrayInternal()
                        .adamUpdate(
                                new NDList(m.weight(), gradient, m.mean(), m.square()),
                                new NDList(m.weight()),
                                learningRate,
                                rate,
                                0,
                                1,
                                -1,
                                BETA_1,
                                BETA_2,
                                epsilon,
                                true,
                                false);
            }
        }
    }

    long steps() {
        return steps;
    }

    /// By the name of the weight.
    Map<String, Moments> moments() {
        return moments;
    }

    /// Goes on after this many steps, once the moments are restored.
    void resume(long steps) {
        this.steps = steps;
    }

    @Override
    public void close() {
        memory.close();
    }
}
