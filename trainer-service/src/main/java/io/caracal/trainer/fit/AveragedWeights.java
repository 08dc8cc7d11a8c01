package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Gradients;
import java.util.LinkedHashMap;
import java.util.Map;

/// The exponential moving average of a network's weights (Polyak and Juditsky 1992), which often does better
/// than the weights themselves. It forgets faster at first, so that it does not hold on to the initial weights:
/// the decay is `min(decay, (1 + steps) / (10 + steps))`, as in TensorFlow and in timm's warm-up. Running
/// statistics are not averaged; they are taken anew for each validation.
final class AveragedWeights implements AutoCloseable {
    private final Network network;
    private final float decay;
    private final NDManager memory;
    private final Map<String, NDArray> averages = new LinkedHashMap<>();
    private final Snapshot raw;

    AveragedWeights(Network network, float decay) {
        this.network = network;
        this.decay = decay;
        memory = network.compute().newScope();
        raw = new Snapshot(network);
        try (Gradients _ = Gradients.off()) {
            network.weights().forEach((name, weight) -> {
                if (weight.trained()) {
                    NDArray average = memory.create(weight.array().getShape());
                    weight.array().copyTo(average);
                    averages.put(name, average);
                }
            });
        } catch (RuntimeException | Error e) {
            close(); // not enough memory for all of them
            throw e;
        }
    }

    /// @param steps that were done, the newest included
    void add(long steps) {
        float share = (float) (1 - Math.min(decay, (1.0 + steps) / (10.0 + steps)));
        try (Gradients _ = Gradients.off();
                NDManager scope = memory.newSubManager()) {
            NDArray newest = scope.create(share);
            averages.forEach((name, average) -> {
                try (NDArray move = network.weights().get(name).array().sub(average)) {
                    average.addi(move.muli(newest));
                }
            });
        }
    }

    /// By a name of their own: the live arrays.
    Map<String, NDArray> memory() {
        Map<String, NDArray> byName = new LinkedHashMap<>();
        averages.forEach((name, average) -> byName.put("ema." + name, average));
        return byName;
    }

    /// Puts the averages into the network until [#leave].
    void enter() {
        raw.take();
        try (Gradients _ = Gradients.off()) {
            averages.forEach((name, average) ->
                    average.copyTo(network.weights().get(name).array()));
        }
    }

    void leave() {
        raw.putBack();
    }

    @Override
    public void close() {
        raw.close();
        memory.close();
    }
}
