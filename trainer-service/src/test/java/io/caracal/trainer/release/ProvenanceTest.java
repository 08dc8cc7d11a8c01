package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.Cleaning;
import io.caracal.datasets.Selection;
import io.caracal.datasets.Split;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Evaluation;
import io.caracal.trainer.models.Augmentations;
import io.caracal.trainer.models.Option;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.models.Recipe;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private static final Selection SELECTION =
            new Selection(Cleaning.JFIF4096, OptionalInt.of(500), Split.Mode.STRATIFIED, 7);
    private static final Provenance PROVENANCE = new Provenance(
            "ab".repeat(32),
            1_000,
            SELECTION,
            Map.of("train", 320, "validation", 80, "test", 100, "reserved", 100),
            new Recipe("seed-cnn", 3, 100, 1e-3f, 7).with("labelSmoothing", .1f),
            Options.of(Option.rate("drop-path", .1f)),
            new EpochResult(
                    2, 3, new Evaluation(320, 0.5, 0.75), new Evaluation(80, 0.6, 0.72), Optional.empty(), 600, 650),
            Optional.of("0123abcd"));

    private static ModelCard card(Map<String, String> provenance) {
        ModelCard sample = Samples.card("toy", "v1");
        return new ModelCard(
                "toy", "v1", sample.labels(), sample.input(), sample.resize(), sample.output(), provenance);
    }

    @Test
    void tellsEverythingThatMadeTheModel() {
        // When
        Map<String, String> properties = PROVENANCE.asProperties();

        // Then
        assertThat(properties)
                .containsOnly(
                        Map.entry("data.sha256", "ab".repeat(32)),
                        Map.entry("data.images", "1000"),
                        Map.entry("data.clean", "jfif4096"),
                        Map.entry("data.limit", "500"),
                        Map.entry("split.mode", "stratified"),
                        Map.entry("split.seed", "7"),
                        Map.entry("split.train", "320"),
                        Map.entry("split.validation", "80"),
                        Map.entry("split.test", "100"),
                        Map.entry("split.reserved", "100"),
                        Map.entry("recipe.preset", "seed-cnn"),
                        Map.entry("option.drop-path", "0.1"),
                        Map.entry("recipe.epochs", "3"),
                        Map.entry("recipe.batch-size", "100"),
                        Map.entry("recipe.learning-rate", "0.001"),
                        Map.entry("recipe.labelSmoothing", "0.1"),
                        Map.entry("train.epoch", "2"),
                        Map.entry("train.loss", "0.500000"),
                        Map.entry("train.accuracy", "0.750000"),
                        Map.entry("validation.accuracy", "0.720000"),
                        Map.entry("revision", "0123abcd"));
    }

    @Test
    void tellsOfTheAugmentationWhatIsNotTheDefault() {
        // Given
        Recipe recipe = PROVENANCE.recipe().with("augmentation", Augmentations.of(Map.of("mixup", 0.8)));
        var provenance = new Provenance(
                "ab", 10, SELECTION, Map.of(), recipe, Options.NONE, PROVENANCE.best(), Optional.empty());

        // When
        Map<String, String> properties = provenance.asProperties();

        // Then
        assertThat(properties)
                .containsEntry("recipe.augmentation.mixup", "0.8")
                .doesNotContainKey("recipe.augmentation.minScale");
    }

    @Test
    void testSplitCanBeFoundAgainFromTheCard() {
        // When
        Provenance.HeldOut heldOut = Provenance.HeldOut.of(card(PROVENANCE.asProperties()));

        // Then
        assertThat(heldOut)
                .isEqualTo(new Provenance.HeldOut("ab".repeat(32), SELECTION, Optional.of(100), Optional.of(100)));
        assertThat(heldOut.matches(100, 100)).isTrue();
        assertThat(heldOut.matches(101, 100)).isFalse();
        assertThat(heldOut.matches(100, 0)).isFalse();
    }

    @Test
    void cardsFromBeforeThereWasAChoiceAreOfRandomSplits() {
        // Given
        ModelCard old = card(Map.of("data.sha256", "ab", "split.seed", "7"));

        // When
        Provenance.HeldOut heldOut = Provenance.HeldOut.of(old);

        // Then
        assertThat(heldOut.selection()).isEqualTo(Selection.all(7));
        assertThat(heldOut.matches(5, 3)).isTrue();
    }

    @Test
    void unknownRulesAreAnErrorInOneLine() {
        // When, Then
        assertThatThrownBy(() -> Provenance.HeldOut.of(
                        card(Map.of("data.sha256", "ab", "split.seed", "7", "split.mode", "by-moon"))))
                .isInstanceOf(ReleaseException.class)
                .hasMessageEndingWith("is damaged or newer than this program: its split.mode is by-moon");
    }

    @Test
    void foreignModelHasNoTestSplit() {
        // When, Then
        assertThatThrownBy(() -> Provenance.HeldOut.of(card(Map.of())))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("does not say what it was trained on");
    }

    @Test
    void damagedCardIsAnErrorInOneLine() {
        // When, Then
        assertThatThrownBy(() -> Provenance.HeldOut.of(card(Map.of("data.sha256", "ab", "split.seed", "seven"))))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("is damaged");
    }
}
