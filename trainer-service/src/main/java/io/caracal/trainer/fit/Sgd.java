package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.tensor.Gradients;
import java.util.List;

/// Stochastic gradient descent with momentum (Sutskever et al. 2013) in PyTorch's form: the velocity is that of the
/// gradient, and the learning rate is applied to it last, so that a schedule acts at once.
record Sgd(OptimizerSettings settings) implements UpdateRule {

    @Override
    public List<String> memory() {
        return List.of("sgd.velocity");
    }

    @Override
    public void step(List<Moved> weights, Stride stride, NDManager manager) {
        try (Gradients _ = Gradients.off();
                NDManager scope = manager.newSubManager()) {
            NDArray momentum = scope.create(settings.momentum());
            NDArray scale = scope.create(stride.scale());
            for (Moved m : weights) {
                NDArray velocity = m.memory().getFirst();
                try (NDArray gradient = m.weight().getGradient();
                        NDArray rate = scope.create(stride.learningRate() * m.rate())) {
                    gradient.muli(scale);
                    if (m.decay() > 0) {
                        add(gradient, m.weight(), scope.create(m.decay()));
                    }
                    velocity.muli(momentum).addi(gradient);
                    if (settings.nesterov()) {
                        add(gradient, velocity, momentum);
                        m.weight().subi(gradient.muli(rate));
                    } else {
                        try (NDArray move = velocity.mul(rate)) {
                            m.weight().subi(move);
                        }
                    }
                    Gradients.clear(m.weight());
                }
            }
        }
    }

    private static void add(NDArray to, NDArray values, NDArray factor) {
        try (NDArray product = values.mul(factor)) {
            to.addi(product);
        }
    }
}
