package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.models.Recipe;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Where a model comes from, as its card tells it: enough to find the held-out images again in the same data.
///
/// @param dataSha256 identity of the data set, all of it
/// @param dataImages its number of images
/// @param limit how many of them were used at most, if limited
/// @param splitSizes images per split, by its name
/// @param recipe its seed is also that of limit and split
/// @param best the epoch that the network is of
/// @param revision of the program, if known
public record Provenance(
        String dataSha256,
        int dataImages,
        OptionalInt limit,
        Map<String, Integer> splitSizes,
        Recipe recipe,
        EpochResult best,
        Optional<String> revision) {
    static final String TEST_ACCURACY = "test.accuracy";

    private static final String DATA_SHA256 = "data.sha256";
    private static final String LIMIT = "data.limit";
    private static final String SEED = "split.seed";

    public Map<String, String> asProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(DATA_SHA256, dataSha256);
        properties.put("data.images", Integer.toString(dataImages));
        limit.ifPresent(images -> properties.put(LIMIT, Integer.toString(images)));
        properties.put(SEED, Long.toString(recipe.seed()));
        splitSizes.forEach((split, images) -> properties.put("split." + split, Integer.toString(images)));
        properties.put("recipe.preset", recipe.preset());
        properties.put("recipe.epochs", Integer.toString(recipe.epochs()));
        properties.put("recipe.batch-size", Integer.toString(recipe.batchSize()));
        properties.put("recipe.learning-rate", Float.toString(recipe.learningRate()));
        properties.put("train.epoch", Integer.toString(best.epoch()));
        properties.put("train.loss", figure(best.training().loss()));
        properties.put("train.accuracy", figure(best.training().accuracy()));
        properties.put("validation.accuracy", figure(best.validation().accuracy()));
        revision.ifPresent(value -> properties.put("revision", value));
        return properties;
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    /// What it takes to find a model's held-out images again.
    public record HeldOut(String dataSha256, OptionalInt limit, long seed) {

        /// @throws ReleaseException if the card does not tell, because the model was not trained here
        public static HeldOut of(ModelCard card) {
            Map<String, String> properties = card.provenance();
            String sha256 = properties.get(DATA_SHA256);
            String seed = properties.get(SEED);
            if (sha256 == null || seed == null) {
                throw new ReleaseException("the card of " + card.name() + " " + card.version()
                        + " does not say what it was trained on, so its test split is not known");
            }
            try {
                String limit = properties.get(LIMIT);
                return new HeldOut(
                        sha256,
                        limit == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(limit)),
                        Long.parseLong(seed));
            } catch (NumberFormatException e) {
                throw new ReleaseException(
                        "the card of " + card.name() + " " + card.version()
                                + " is damaged: its split seed or limit is not a number",
                        e);
            }
        }
    }
}
