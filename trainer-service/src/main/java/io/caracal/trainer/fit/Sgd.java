package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.tensor.Constants;
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
            var numbers = new Constants(scope);
            NDArray momentum = numbers.number(settings.momentum());
            NDArray scale = numbers.number(stride.scale());
            for (Moved m : weights) {
                NDArray velocity = m.memory().getFirst();
                NDArray rate = numbers.number(stride.learningRate() * m.rate());
                try (NDArray gradient = m.weight().getGradient()) {
                    gradient.muli(scale);
                    if (m.decay() > 0) {
                        add(gradient, m.weight(), numbers.number(m.decay()));
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
