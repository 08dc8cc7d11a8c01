package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Gradients;
import java.util.LinkedHashMap;
import java.util.Map;

/// A copy of a network's weights and running statistics, on its device. The memory is taken once.
final class Snapshot implements AutoCloseable {
    private final Network network;
    private final NDManager memory;
    private final Map<String, NDArray> copies = new LinkedHashMap<>();

    Snapshot(Network network) {
        this.network = network;
        memory = network.compute().newScope();
    }

    /// Replaces what was taken before.
    void take() {
        try (Gradients _ = Gradients.off()) {
            arrays().forEach((name, copy) -> network.weights().get(name).array().copyTo(copy));
        }
    }

    /// Puts the network back to where it was.
    ///
    /// @throws IllegalStateException if nothing was taken
    void putBack() {
        if (copies.isEmpty()) {
            throw new IllegalStateException("nothing was taken");
        }
        try (Gradients _ = Gradients.off()) {
            copies.forEach(
                    (name, copy) -> copy.copyTo(network.weights().get(name).array()));
        }
    }

    /// The copies by name, to be written to a file or filled from one.
    Map<String, NDArray> arrays() {
        if (copies.isEmpty()) {
            network.weights()
                    .forEach((name, weight) ->
                            copies.put(name, memory.zeros(weight.array().getShape())));
        }
        return copies;
    }

    @Override
    public void close() {
        memory.close();
    }
}
