package io.caracal.trainer.fit;

import ai.djl.ndarray.NDArray;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.tensor.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a run leaves after each epoch, so that it can go on from there: weights, running statistics and moments in one
/// safetensors file. Random numbers need no state: each epoch starts them from the seed and its own number.
final class Checkpoint {
    private static final String MEAN = "adam.mean.";
    private static final String SQUARE = "adam.square.";

    private final Path file;

    Checkpoint(Path folder) {
        file = folder.resolve("checkpoint.safetensors");
    }

    /// Replaces the last one at once or not at all.
    ///
    /// @param epochs finished ones
    void save(Recipe recipe, int epochs, Network network, Adam adam) throws IOException {
        Map<String, SafeTensors.Values> tensors = new LinkedHashMap<>();
        network.weights().forEach((name, weight) -> tensors.put(name, values(weight.array())));
        adam.moments().forEach((name, moments) -> {
            tensors.put(MEAN + name, values(moments.mean()));
            tensors.put(SQUARE + name, values(moments.square()));
        });
        Map<String, String> metadata = new LinkedHashMap<>(identity(recipe));
        metadata.put("epochs", Integer.toString(epochs));
        metadata.put("steps", Long.toString(adam.steps()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        new SafeTensors(metadata, tensors).write(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Puts everything back.
    ///
    /// @return the number of finished epochs; 0 if there is no checkpoint
    /// @throws IllegalArgumentException in one line, if it is one of another recipe
    int restore(Recipe recipe, Network network, Adam adam) throws IOException {
        if (Files.notExists(file)) {
            return 0;
        }
        SafeTensors stored = SafeTensors.read(file);
        identity(recipe).forEach((key, value) -> {
            if (!value.equals(stored.metadata().get(key))) {
                throw new IllegalArgumentException("the checkpoint " + file + " was trained with " + key + " "
                        + stored.metadata().get(key) + ", this run has " + value);
            }
        });
        network.weights().forEach((name, weight) -> weight.set(read(stored, name)));
        adam.moments().forEach((name, moments) -> {
            moments.mean().set(read(stored, MEAN + name));
            moments.square().set(read(stored, SQUARE + name));
        });
        adam.resume(Long.parseLong(stored.metadata().get("steps")));
        return Integer.parseInt(stored.metadata().get("epochs"));
    }

    /// What must agree for a run to go on; the number of epochs need not.
    private static Map<String, String> identity(Recipe recipe) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("preset", recipe.preset());
        identity.put("batch_size", Integer.toString(recipe.batchSize()));
        identity.put("learning_rate", Float.toString(recipe.learningRate()));
        identity.put("seed", Long.toString(recipe.seed()));
        return identity;
    }

    private static SafeTensors.Values values(NDArray array) {
        return new SafeTensors.Values(array.getShape().getShape(), array.toFloatArray());
    }

    private float[] read(SafeTensors stored, String name) {
        SafeTensors.Values found = stored.tensors().get(name);
        if (found == null) {
            throw new IllegalArgumentException("the checkpoint " + file + " has no " + name);
        }
        return found.values();
    }
}
