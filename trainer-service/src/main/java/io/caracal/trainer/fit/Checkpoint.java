package io.caracal.trainer.fit;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.models.RecipeSettings;
import io.caracal.trainer.models.Schedule;
import io.caracal.trainer.tensor.MalformedTensorsException;
import io.caracal.trainer.tensor.SafeTensors;
import io.caracal.trainer.tensor.SafeTensorsFile;
import io.caracal.trainer.tensor.TensorFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a run leaves so that it can go on after a crash as if there had been none: weights, running statistics,
/// the optimizer's memory, averaged weights, and in the metadata how far the run is. A second file,
/// `best-N.safetensors`, has the weights of the best epoch.
///
/// Data order and random numbers need no state: they depend on the seed, the epoch and the batch alone.
final class Checkpoint {
    private static final String RECIPE = "recipe";
    private static final String PROGRESS = "progress";

    /// What a run that goes on may change: how long it is and what it reports.
    private static final Set<String> FREE = Set.of("epochs", "patience", "evalLegacy");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path file;
    private final Map<String, String> identity;

    /// @param options of the architecture; other ones may have weights of the same shapes
    /// @param data its identity and its numbers of images are part of what must agree
    Checkpoint(Path folder, Recipe recipe, Objective objective, Options options, FitData data) {
        this.folder = folder;
        file = Checkpoints.latest(folder);
        identity = identity(recipe);
        identity.putAll(options.asText());
        identity.putAll(data.identity());
        identity.put("objective", objective.name());
        identity.put("training images", Integer.toString(data.training().images()));
        identity.put("validation images", Integer.toString(data.validation().images()));
    }

    /// Replaces the last one at once or not at all.
    void save(Progress progress, Learning learning) throws IOException {
        boolean first = Files.notExists(folder);
        Files.createDirectories(folder);
        try {
            write(
                    file,
                    Map.of(RECIPE, text(identity), PROGRESS, new String(Json.write(progress), UTF_8)),
                    learning.arrays());
        } catch (IOException e) {
            if (first) {
                Files.delete(folder);
            }
            throw e;
        }
    }

    /// The same at the end of an epoch, with the weights of the best one.
    void saveEpoch(Progress progress, Learning learning, Snapshot best) throws IOException {
        int epoch = new FitResult(true, progress.epochs()).best().orElseThrow().epoch();
        boolean first = Files.notExists(folder);
        boolean isBest = epoch == progress.epochs().size();
        Files.createDirectories(folder);
        try {
            if (isBest) {
                write(best(epoch), Map.of(RECIPE, text(identity)), best.arrays());
            }
            // In this order no checkpoint ever speaks of a best epoch whose file is not there.
            save(progress, learning);
        } catch (IOException e) {
            if (isBest) {
                Files.deleteIfExists(best(epoch));
            }
            if (first) {
                Files.delete(folder);
            }
            throw e;
        }
        forgetAllBut(best(epoch));
    }

    private void forgetAllBut(Path best) throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(folder)) {
            others = files.filter(path -> path.getFileName().toString().matches("best-\\d+\\.safetensors"))
                    .filter(path -> !path.equals(best))
                    .toList();
        }
        for (Path other : others) {
            Files.delete(other);
        }
    }

    /// Puts everything back.
    ///
    /// @param best takes the weights of the best epoch, if one is finished
    /// @return how far the run is; [Progress#START] if there is no checkpoint
    /// @throws IllegalArgumentException in one line, if it is one of another recipe or data set
    Progress restore(Learning learning, Snapshot best) throws IOException {
        if (Files.notExists(file)) {
            return Progress.START;
        }
        Progress progress;
        try (TensorFile stored = open(file)) {
            checkIdentity(stored);
            fill(learning.arrays(), stored, file);
            progress = progress(stored);
        }
        learning.optimizer().resume(progress.steps());
        Optional<EpochResult> bestEpoch = new FitResult(true, progress.epochs()).best();
        if (bestEpoch.isPresent()) {
            Path bestFile = best(bestEpoch.get().epoch());
            try (TensorFile stored = open(bestFile)) {
                fill(best.arrays(), stored, bestFile);
            }
        }
        return progress;
    }

    private TensorFile open(Path part) throws IOException {
        if (Files.notExists(part)) {
            throw damaged(part, "there is no such file", null);
        }
        try {
            return SafeTensorsFile.open(part);
        } catch (MalformedTensorsException e) {
            throw damaged(part, e.getMessage(), e);
        }
    }

    private Progress progress(TensorFile stored) {
        try {
            return Json.read(metadata(stored, PROGRESS).getBytes(UTF_8), Progress.class);
        } catch (MalformedRecordException e) {
            throw damaged(file, e.getMessage(), e);
        }
    }

    private IllegalArgumentException damaged(Path part, String why, Exception cause) {
        return new IllegalArgumentException(
                "the checkpoint " + part + " is damaged (" + why + "); remove the folder " + folder
                        + " to begin anew, or take another",
                cause);
    }

    private Path best(int epoch) {
        return folder.resolve("best-" + epoch + ".safetensors");
    }

    private void checkIdentity(TensorFile stored) throws IOException {
        JsonNode before = JSON.readTree(metadata(stored, RECIPE));
        identity.forEach((key, value) -> {
            if (!before.has(key)) {
                throw new IllegalArgumentException("the checkpoint " + file + " does not say its " + key
                        + ", as those of other versions of this program; take another folder to begin anew");
            }
            String was = before.path(key).asText();
            if (!value.equals(was)) {
                throw new IllegalArgumentException("the checkpoint " + file + " was trained with " + key + " " + was
                        + ", this run has " + value + "; take another folder or the same settings");
            }
        });
    }

    /// Every setting of a recipe by its key, but those that may change.
    private static Map<String, String> identity(Recipe recipe) {
        Map<String, String> identity = new TreeMap<>(RecipeSettings.of(recipe));
        FREE.forEach(identity::remove);
        if (recipe.schedule().shape() == Schedule.Shape.COSINE
                || recipe.augmentation().mixingOffEpochs() > 0) {
            // The whole curve, and when mixing ends, depend on where the run ends.
            identity.put("epochs", Integer.toString(recipe.epochs()));
        }
        return identity;
    }

    private static String text(Map<String, String> identity) {
        return JSON.valueToTree(identity).toString();
    }

    /// Array by array: all together are several times the weights, and a device may have more memory than this heap.
    private void write(Path file, Map<String, String> metadata, Map<String, NDArray> arrays) throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        arrays.forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            SafeTensors.write(fresh, metadata, shapes, name -> arrays.get(name).toFloatArray());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (RuntimeException | Error e) {
            Files.deleteIfExists(fresh); // the device, or this heap, has no room for an array
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            String before = Files.exists(this.file) ? "; the run can go on from the one before" : "";
            throw new IOException(
                    "cannot write the checkpoint " + file + ": " + e.getMessage()
                            + "; make room there or take another folder" + before,
                    e);
        }
    }

    private static void fill(Map<String, NDArray> arrays, TensorFile stored, Path file) throws IOException {
        Map<String, long[]> shapes = stored.shapes();
        for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
            NDArray array = entry.getValue();
            if (!Arrays.equals(shapes.get(entry.getKey()), array.getShape().getShape())) {
                throw new IllegalArgumentException(
                        "the checkpoint " + file + " has no " + entry.getKey() + " of shape " + array.getShape());
            }
            array.set(FloatBuffer.wrap(stored.read(entry.getKey())));
        }
    }

    private String metadata(TensorFile stored, String key) {
        String found = stored.metadata().get(key);
        if (found == null) {
            throw new IllegalArgumentException("the checkpoint " + file + " does not tell its " + key);
        }
        return found;
    }
}
