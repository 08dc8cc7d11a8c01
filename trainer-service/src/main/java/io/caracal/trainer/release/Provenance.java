package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.Cleaning;
import io.caracal.datasets.Selection;
import io.caracal.datasets.Split;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.models.RecipeSettings;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/// Where a model comes from, as its card tells it: enough to find the held-out images again in the same data.
///
/// @param dataSha256 identity of the data set, all of it
/// @param dataImages its number of images
/// @param selection which of them were used and how they were split
/// @param splitSizes images per split, by its name, and those that were `reserved` by the data set itself
/// @param options of the architecture
/// @param best the epoch that the network is of
/// @param revision of the program, if known
public record Provenance(
        String dataSha256,
        int dataImages,
        Selection selection,
        Map<String, Integer> splitSizes,
        Recipe recipe,
        Options options,
        EpochResult best,
        Optional<String> revision) {
    static final String TEST_ACCURACY = "test.accuracy";

    private static final String DATA_SHA256 = "data.sha256";
    private static final String LIMIT = "data.limit";
    private static final String CLEAN = "data.clean";
    private static final String MODE = "split.mode";
    private static final String SEED = "split.seed";

    public Map<String, String> asProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(DATA_SHA256, dataSha256);
        properties.put("data.images", Integer.toString(dataImages));
        properties.put(CLEAN, selection.cleaning().label());
        selection.limit().ifPresent(images -> properties.put(LIMIT, Integer.toString(images)));
        properties.put(MODE, selection.mode().label());
        properties.put(SEED, Long.toString(selection.seed()));
        splitSizes.forEach((split, images) -> properties.put("split." + split, Integer.toString(images)));
        properties.put("recipe.preset", recipe.preset());
        properties.putAll(options.asProperties());
        properties.put("recipe.epochs", Integer.toString(recipe.epochs()));
        properties.put("recipe.batch-size", Integer.toString(recipe.batchSize()));
        properties.put("recipe.learning-rate", Float.toString(recipe.learningRate()));
        Map<String, String> plain = RecipeSettings.of(
                new Recipe(recipe.preset(), recipe.epochs(), recipe.batchSize(), recipe.learningRate(), recipe.seed()));
        RecipeSettings.of(recipe).forEach((key, value) -> {
            if (!value.equals(plain.get(key))) {
                properties.put("recipe." + key, value);
            }
        });
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
    ///
    /// @param test number of them; empty if the card does not say
    /// @param reserved number of images that the data set itself kept from training; empty if the card does not say
    public record HeldOut(String dataSha256, Selection selection, Optional<Integer> test, Optional<Integer> reserved) {

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
                        new Selection(
                                // Cards from before there was a choice do not say these two.
                                known(card, CLEAN, Cleaning.DECODE, Cleaning::named),
                                limit == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(limit)),
                                known(card, MODE, Split.Mode.RANDOM, Split.Mode::named),
                                Long.parseLong(seed)),
                        Optional.ofNullable(properties.get("split.test")).map(Integer::valueOf),
                        Optional.ofNullable(properties.get("split.reserved")).map(Integer::valueOf));
            } catch (NumberFormatException e) {
                throw new ReleaseException(
                        "the card of " + card.name() + " " + card.version()
                                + " is damaged: its limit or a number of its split is not a number",
                        e);
            }
        }

        /// Whether images that were found again can be those of the model. The same images may be opened in several
        /// ways, of which one knows what the data set reserves and another, a list of the files, does not.
        public boolean matches(int foundTest, int foundReserved) {
            return test.orElse(foundTest) == foundTest && reserved.orElse(foundReserved) == foundReserved;
        }

        private static <T> T known(ModelCard card, String property, T unsaid, Function<String, Optional<T>> named) {
            String value = card.provenance().get(property);
            return value == null
                    ? unsaid
                    : named.apply(value)
                            .orElseThrow(() -> new ReleaseException("the card of " + card.name() + " " + card.version()
                                    + " is damaged or newer than this program: its " + property + " is " + value));
        }
    }
}
