package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import io.caracal.trainer.tensor.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adam (Kingma and Ba 2015, algorithm 1) and AdamW (Loshchilov and Hutter 2019, algorithm 2 without its schedule),
/// equal to PyTorch's. One call of the engine per weight.
final class Adam implements Optimizer {

    /// @param mean running mean of the gradient
    /// @param square running mean of its square
    private record Moments(NDArray weight, float decay, NDArray mean, NDArray square) {}

    private final OptimizerSettings settings;
    private final NDManager memory;
    private final List<Moments> moments = new ArrayList<>();
    private final Map<String, NDArray> byName = new LinkedHashMap<>();
    private long steps;

    Adam(OptimizerSettings settings, Map<String, Weight> weights, NDManager memory) {
        this.settings = settings;
        this.memory = memory;
        weights.forEach((name, weight) -> {
            if (weight.trained()) {
                NDArray array = weight.array();
                NDArray mean = memory.zeros(array.getShape());
                NDArray square = memory.zeros(array.getShape());
                float decay = WeightDecay.applies(name, weight) ? settings.weightDecay() : 0;
                moments.add(new Moments(array, decay, mean, square));
                byName.put("adam.mean." + name, mean);
                byName.put("adam.square." + name, square);
            }
        });
    }

    @Override
    public void step(float learningRate, float scale) {
        steps++;
        double correction1 = 1 - Math.pow(settings.beta1(), (double) steps);
        double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), (double) steps));
        // The engine's update leaves out the corrections of both moments. Of the second one it is equivalent to correct
        // the rate and the epsilon instead.
        float rate = (float) (learningRate * correction2 / correction1);
        float epsilon = (float) (settings.epsilon() * correction2);
        for (Moments m : moments) {
            try (NDArray gradient = m.weight().getGradient()) {
                m.weight()
                        .getNDArrayInternal()
                        .adamUpdate(
                                new NDList(m.weight(), gradient, m.mean(), m.square()),
                                new NDList(m.weight()),
                                learningRate,
                                rate,
                                m.decay(),
                                scale,
                                -1, // no clipping: it would be one-sided
                                settings.beta1(),
                                settings.beta2(),
                                epsilon,
                                true,
                                settings.rule() == Rule.ADAMW);
            }
        }
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public Map<String, NDArray> memory() {
        return byName;
    }

    @Override
    public void resume(long steps) {
        this.steps = steps;
    }

    @Override
    public void close() {
        memory.close();
    }
}
