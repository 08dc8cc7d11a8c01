package io.caracal.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.imaging.Filter;
import io.caracal.imaging.Preprocessing;
import io.caracal.scoring.ModelException;
import io.caracal.trainer.data.Batching;
import io.caracal.trainer.data.ImageLoading;
import io.caracal.trainer.data.Loading;
import io.caracal.trainer.data.TestImages;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.models.Export;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ComputeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseCheckTest {
    private static final int IMAGES = 12;
    private static final Preprocessing PREPROCESSING = Preprocessing.squash(224, 224, Filter.ANTIALIAS);

    private ImageSet set;
    private ImageLoading loading;
    private final Compute compute;
    private Network network;
    private BatchSource images;

    ReleaseCheckTest(Compute compute) {
        this.compute = compute;
    }

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        set = ImageSets.open(TestImages.folder(folder, IMAGES));
        loading = ImageLoading.open(
                set, set.examples(), set.labels(), IMAGES, PREPROCESSING, new Batching(5, Loading.DEFAULTS));
        images = loading.inOrder(0, IMAGES);
        network = Network.create(new Presets().named("seed-cnn"), 2, compute, 1);
    }

    @AfterAll
    void close() throws IOException {
        network.close();
        loading.close();
        set.close();
    }

    /// The network, except that its logits are off by something.
    private Candidate off(float difference) {
        return new Candidate() {
            @Override
            public float[][] logits(ByteBuffer pixels, int count) {
                float[][] logits = network.logits(pixels, count);
                logits[0][0] += difference;
                return logits;
            }

            @Override
            public byte[] export(ModelCard card) {
                return OnnxExport.write(network, card);
            }
        };
    }

    @Test
    void exportThatAgreesPassesAndItsCardSaysHowGoodItIs() throws IOException, InterruptedException {
        // When
        CheckedModel model = new ReleaseCheck(PREPROCESSING, () -> false)
                .check(Candidate.of(network, Export.PLAIN), Samples.card("toy", "v1"), images, images);

        // Then
        assertThat(model.parity().images()).isEqualTo(IMAGES);
        assertThat(model.parity().passed()).isTrue();
        assertThat(model.test().images()).isEqualTo(IMAGES);
        assertThat(model.card().provenance())
                .containsEntry("test.accuracy", Provenance.figure(model.test().accuracy()))
                .containsEntry("recipe.preset", "seed-cnn");
    }

    @Test
    void exportThatDisagreesIsNotReleased() {
        // When, Then
        assertThatThrownBy(() -> new ReleaseCheck(PREPROCESSING, () -> false)
                        .check(off(0.01f), Samples.card("toy", "v1"), images, images))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("the exported file does not agree with the trained model: 12 images");
    }

    @Test
    void patchTokensThatDisagreeAreNotReleased() throws IOException {
        // Given
        try (Network transformer = Network.create(new Presets().named("seed-vit"), 2, compute, 1)) {
            Candidate off = new Candidate() {
                @Override
                public float[][] logits(ByteBuffer pixels, int count) {
                    return transformer.logits(pixels, count);
                }

                @Override
                public Optional<float[][]> patchTokens(ByteBuffer pixels, int count) {
                    float[][] tokens = transformer.patchTokens(pixels, count);
                    tokens[0][tokens[0].length - 1] += .01f;
                    return Optional.of(tokens);
                }

                @Override
                public byte[] export(ModelCard card) {
                    return OnnxExport.write(transformer, card, new Export(true));
                }
            };

            // When, Then
            assertThatThrownBy(() -> new ReleaseCheck(PREPROCESSING, () -> false)
                            .check(off, Samples.card("toy", "v1"), images, images))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("the exported file does not agree with the trained model: 12 images");
        }
    }

    @Test
    void exportThatCannotBeServedIsNotReleased() {
        // Given
        Candidate broken = new Candidate() {
            @Override
            public float[][] logits(ByteBuffer pixels, int count) {
                return network.logits(pixels, count);
            }

            @Override
            public byte[] export(ModelCard card) {
                return new byte[] {1, 2, 3};
            }
        };

        // When, Then
        assertThatThrownBy(() -> new ReleaseCheck(PREPROCESSING, () -> false)
                        .check(broken, Samples.card("toy", "v1"), images, images))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void cardThatAsksForOtherPixelsThanWereTrainedOnIsNotReleased() {
        // Given
        var linear = new ModelCard(
                "toy",
                "v1",
                Samples.card("toy", "v1").labels(),
                Samples.card("toy", "v1").input(),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.LINEAR),
                Samples.card("toy", "v1").output(),
                Samples.card("toy", "v1").provenance());

        // When, Then
        assertThatThrownBy(() -> new ReleaseCheck(PREPROCESSING, () -> false)
                        .check(Candidate.of(network, Export.PLAIN), linear, images, images))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("other pixels than were trained on");
    }

    @Test
    void endsOnceCancelled() {
        // When, Then
        assertThatThrownBy(() -> new ReleaseCheck(PREPROCESSING, () -> true)
                        .check(Candidate.of(network, Export.PLAIN), Samples.card("toy", "v1"), images, images))
                .isInstanceOf(CancellationException.class);
    }
}
