package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Stochastic gradient descent with momentum (Sutskever et al. 2013) in PyTorch's form: the velocity is that of the
/// gradient, and the learning rate is applied to it last, so that a schedule acts at once.
final class Sgd implements Optimizer {

    private record Moving(NDArray weight, float decay, NDArray velocity) {}

    private final OptimizerSettings settings;
    private final NDManager memory;
    private final List<Moving> moving = new ArrayList<>();
    private final Map<String, NDArray> byName = new LinkedHashMap<>();
    private long steps;

    Sgd(OptimizerSettings settings, Map<String, Weight> weights, NDManager memory) {
        this.settings = settings;
        this.memory = memory;
        weights.forEach((name, weight) -> {
            if (weight.trained()) {
                NDArray velocity = memory.zeros(weight.array().getShape());
                float decay = WeightDecay.applies(name, weight) ? settings.weightDecay() : 0;
                moving.add(new Moving(weight.array(), decay, velocity));
                byName.put("sgd.velocity." + name, velocity);
            }
        });
    }

    @Override
    public void step(float learningRate, float scale) {
        steps++;
        try (Gradients _ = Gradients.off();
                NDManager scope = memory.newSubManager()) {
            NDArray rate = scope.create(learningRate);
            NDArray momentum = scope.create(settings.momentum());
            NDArray scales = scope.create(scale);
            for (Moving m : moving) {
                try (NDArray gradient = m.weight().getGradient()) {
                    gradient.muli(scales);
                    if (m.decay() > 0) {
                        add(gradient, m.weight(), scope.create(m.decay()));
                    }
                    m.velocity().muli(momentum).addi(gradient);
                    if (settings.nesterov()) {
                        add(gradient, m.velocity(), momentum);
                        m.weight().subi(gradient.muli(rate));
                    } else {
                        try (NDArray move = m.velocity().mul(rate)) {
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
