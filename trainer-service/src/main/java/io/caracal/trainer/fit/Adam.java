package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import java.util.List;

/// Adam (Kingma and Ba 2015, algorithm 1) and AdamW (Loshchilov and Hutter 2019, algorithm 2 without its schedule),
/// equal to PyTorch's. One call of the engine per weight.
record Adam(OptimizerSettings settings) implements UpdateRule {

    /// Running means of the gradient and of its square.
    @Override
    public List<String> memory() {
        return List.of("adam.mean", "adam.square");
    }

    @Override
    public void step(List<Moved> weights, Stride stride, NDManager manager) {
        double correction1 = 1 - Math.pow(settings.beta1(), (double) stride.number());
        double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), (double) stride.number()));
        // The engine's update leaves out the corrections of both moments. Of the second one it is equivalent to correct
        // the rate and the epsilon instead.
        float rate = (float) (stride.learningRate() * correction2 / correction1);
        float epsilon = (float) (settings.epsilon() * correction2);
        for (Moved m : weights) {
            try (NDArray gradient = m.weight().getGradient()) {
                m.weight()
                        .getNDArrayInternal()
                        .adamUpdate(
                                new NDList(
                                        m.weight(),
                                        gradient,
                                        m.memory().get(0),
                                        m.memory().get(1)),
                                new NDList(m.weight()),
                                stride.learningRate() * m.rate(),
                                rate * m.rate(),
                                m.decay(),
                                stride.scale(),
                                -1, // no clipping: it would be one-sided
                                settings.beta1(),
                                settings.beta2(),
                                epsilon,
                                true,
                                settings.rule() == Rule.ADAMW);
            }
        }
    }
}
