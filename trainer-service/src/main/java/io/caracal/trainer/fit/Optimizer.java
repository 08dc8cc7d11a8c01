package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.tensor.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Moves weights by their gradients, in place. Owns what is remembered between steps; how weights are moved is the
/// rule's.
final class Optimizer implements AutoCloseable {
    private final UpdateRule rule;
    private final NDManager memory;
    private final List<Moved> moved = new ArrayList<>();
    private final Map<String, NDArray> byName = new LinkedHashMap<>();
    private long steps;

    private Optimizer(UpdateRule rule, NDManager memory) {
        this.rule = rule;
        this.memory = memory;
    }

    /// @param weights by name; those that are not trained are left alone and cost nothing
    /// @param rates of each weight's name: its share of the learning rate
    /// @param memory owned by the optimizer from then on
    static Optimizer of(
            OptimizerSettings settings, Map<String, Weight> weights, ToDoubleFunction<String> rates, NDManager memory) {
        UpdateRule rule =
                switch (settings.rule()) {
                    case SGD -> new Sgd(settings);
                    case ADAM, ADAMW -> new Adam(settings);
                };
        Optimizer optimizer = new Optimizer(rule, memory);
        weights.forEach((name, weight) -> {
            if (weight.trained()) {
                float decay = WeightDecay.applies(name, weight) ? settings.weightDecay() : 0;
                optimizer.add(name, weight.array(), decay, (float) rates.applyAsDouble(name));
            }
        });
        return optimizer;
    }

    private void add(String name, NDArray weight, float decay, float rate) {
        List<NDArray> remembered = rule.memory().stream()
                .map(kind -> {
                    NDArray array = memory.zeros(weight.getShape());
                    byName.put(kind + "." + name, array);
                    return array;
                })
                .toList();
        moved.add(new Moved(weight, decay, rate, remembered));
    }

    /// Moves every weight and sets its gradient to zero.
    ///
    /// @param scale that the gradients are multiplied by first
    void step(float learningRate, float scale) {
        steps++;
        rule.step(moved, new UpdateRule.Stride(steps, learningRate, scale), memory);
    }

    /// Steps that were done.
    long steps() {
        return steps;
    }

    /// What is remembered between steps, by a name of its own: the live arrays.
    Map<String, NDArray> memory() {
        return byName;
    }

    /// Goes on after this many steps, once [#memory] is restored.
    void resume(long steps) {
        this.steps = steps;
    }

    @Override
    public void close() {
        memory.close();
    }
}
