package io.caracal.trainer.fit;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.ndarray.NDArray;
import io.caracal.contracts.Json;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.tensor.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a run leaves after each epoch, so that it can go on from there: weights, running statistics, moments and the
/// epochs' figures in one safetensors file, and the weights of the best epoch in another, `best-N.safetensors`. Random
/// numbers need no state: each epoch starts them from the seed and its own number.
final class Checkpoint {
    private static final String MEAN = "adam.mean.";
    private static final String SQUARE = "adam.square.";

    private static final String HISTORY = "history";

    private final Path folder;
    private final Path file;

    Checkpoint(Path folder) {
        this.folder = folder;
        file = folder.resolve("checkpoint.safetensors");
    }

    /// Replaces the last one at once or not at all.
    ///
    /// @param sofar the epochs that are finished; the network is as it was after the last of them
    void save(Recipe recipe, FitResult sofar, Network network, Adam adam) throws IOException {
        Map<String, SafeTensors.Values> tensors = weights(network);
        int best = sofar.best().orElseThrow().epoch();
        Files.createDirectories(folder);
        if (best == sofar.epochs().size()) {
            write(best(best), new SafeTensors(identity(recipe), tensors));
        }
        adam.moments().forEach((name, moments) -> {
            tensors.put(MEAN + name, values(moments.mean()));
            tensors.put(SQUARE + name, values(moments.square()));
        });
        Map<String, String> metadata = new LinkedHashMap<>(identity(recipe));
        metadata.put(HISTORY, new String(Json.write(sofar.epochs()), UTF_8));
        metadata.put("steps", Long.toString(adam.steps()));
        write(file, new SafeTensors(metadata, tensors));
        // Only now does nothing refer to the one before.
        keepOnly(best(best));
    }

    private Path best(int epoch) {
        return folder.resolve("best-" + epoch + ".safetensors");
    }

    private static void write(Path file, SafeTensors content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        content.write(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void keepOnly(Path best) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(file -> file.getFileName().toString().matches("best-\\d+\\.safetensors"))
                    .filter(file -> !file.equals(best))
                    .toList();
        }
        for (Path each : old) {
            Files.delete(each);
        }
    }

    private static Map<String, SafeTensors.Values> weights(Network network) {
        Map<String, SafeTensors.Values> tensors = new LinkedHashMap<>();
        network.weights().forEach((name, weight) -> tensors.put(name, values(weight.array())));
        return tensors;
    }

    /// Puts everything back.
    ///
    /// @param best takes the weights of the best epoch
    /// @return the epochs that are finished; none if there is no checkpoint
    /// @throws IllegalArgumentException in one line, if it is one of another recipe
    List<EpochResult> restore(Recipe recipe, Network network, Adam adam, Snapshot best) throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        SafeTensors stored = SafeTensors.read(file);
        identity(recipe).forEach((key, value) -> {
            if (!value.equals(stored.metadata().get(key))) {
                throw new IllegalArgumentException("the checkpoint " + file + " was trained with " + key + " "
                        + stored.metadata().get(key) + ", this run has " + value);
            }
        });
        List<EpochResult> epochs = List.of(Json.read(text(stored, HISTORY).getBytes(UTF_8), EpochResult[].class));
        Path bestFile = best(new FitResult(true, epochs).best().orElseThrow().epoch());
        set(network, SafeTensors.read(bestFile), bestFile);
        best.take();
        set(network, stored, file);
        adam.moments().forEach((name, moments) -> {
            moments.mean().set(tensor(stored, file, MEAN + name));
            moments.square().set(tensor(stored, file, SQUARE + name));
        });
        adam.resume(Long.parseLong(text(stored, "steps")));
        return epochs;
    }

    /// What must agree for a run to go on; the number of epochs need not.
    private static Map<String, String> identity(Recipe recipe) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("preset", recipe.preset());
        identity.put("batch_size", Integer.toString(recipe.batchSize()));
        identity.put("learning_rate", Float.toString(recipe.learningRate()));
        identity.put("augmentation", recipe.augmentation().named().toString());
        identity.put("seed", Long.toString(recipe.seed()));
        return identity;
    }

    private static SafeTensors.Values values(NDArray array) {
        return new SafeTensors.Values(array.getShape().getShape(), array.toFloatArray());
    }

    private static void set(Network network, SafeTensors stored, Path file) {
        network.weights().forEach((name, weight) -> weight.set(tensor(stored, file, name)));
    }

    private static float[] tensor(SafeTensors stored, Path file, String name) {
        SafeTensors.Values found = stored.tensors().get(name);
        if (found == null) {
            throw new IllegalArgumentException("the checkpoint " + file + " has no " + name);
        }
        return found.values();
    }

    private String text(SafeTensors stored, String key) {
        String found = stored.metadata().get(key);
        if (found == null) {
            throw new IllegalArgumentException("the checkpoint " + file + " has no " + key);
        }
        return found;
    }
}
