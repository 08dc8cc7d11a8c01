package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Adaptation;
import io.caracal.trainer.models.LayerDepths;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Recipe;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A network and all that changes while it learns. Owns what it adds to the network.
///
/// @param average if the recipe wants it
record Learning(Network network, Optimizer optimizer, Optional<AveragedWeights> average) implements AutoCloseable {

    /// Freezes what the recipe says stays, and lets everything else learn.
    ///
    /// @throws IllegalArgumentException in one line, if the recipe's adaptation does not suit the architecture
    static Learning of(Recipe recipe, Network network) {
        Adaptation adapt = recipe.adapt();
        adapt.check(network.architecture());
        LayerDepths depths = LayerDepths.of(network.weights().keySet());
        network.weights().forEach((name, weight) -> weight.freeze(adapt.freezes(name, depths)));
        float decay = recipe.optimizer().emaDecay();
        NDManager memory = network.compute().newScope();
        try {
            Optimizer optimizer =
                    Optimizer.of(recipe.optimizer(), network.weights(), name -> adapt.rate(name, depths), memory);
            return new Learning(
                    network,
                    optimizer,
                    decay > 0 ? Optional.of(new AveragedWeights(network, decay)) : Optional.empty());
        } catch (RuntimeException | Error e) {
            memory.close(); // not enough memory for all of them
            throw e;
        }
    }

    /// Everything by its name in a checkpoint: the live arrays.
    Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        network.weights().forEach((name, weight) -> arrays.put(name, weight.array()));
        arrays.putAll(optimizer.memory());
        average.ifPresent(averages -> arrays.putAll(averages.memory()));
        return arrays;
    }

    @Override
    public void close() {
        average.ifPresent(AveragedWeights::close);
        optimizer.close();
    }
}
