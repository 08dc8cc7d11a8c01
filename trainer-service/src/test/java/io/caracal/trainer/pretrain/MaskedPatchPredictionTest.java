package io.caracal.trainer.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.Batches;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Fit;
import io.caracal.trainer.fit.FitData;
import io.caracal.trainer.fit.FitListener;
import io.caracal.trainer.fit.FitResult;
import io.caracal.trainer.fit.Objective;
import io.caracal.trainer.fit.StepProgress;
import io.caracal.trainer.fit.Unlabelled;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.MaskedPatches;
import io.caracal.trainer.models.Masking;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.models.SmallVit;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ComputeExtension.class)
class MaskedPatchPredictionTest {
    private static final int SIZE = 32;
    private static final int PATCHES = 16;
    private static final int ASKED = 8;

    private final Compute compute;

    @TempDir
    private Path folder;

    MaskedPatchPredictionTest(Compute compute) {
        this.compute = compute;
    }

    /// Images that are red or blue all over, with a little noise.
    private record RedOrBlue(int images, int batchSize) implements BatchSource {

        @Override
        public int steps() {
            return images / batchSize;
        }

        @Override
        public Batches epoch(int epoch, int from) {
            return new Batches() {
                private int position = from;

                @Override
                public Optional<Batch> next() {
                    return position == steps()
                            ? Optional.empty()
                            : Optional.of(draw(batchSize, new Random(1000L * epoch + position++)));
                }

                @Override
                public int images() {
                    return images;
                }

                @Override
                public int position() {
                    return position;
                }

                @Override
                public void close() {}
            };
        }

        static Batch draw(int size, Random random) {
            ByteBuffer pixels = ByteBuffer.allocateDirect(size * SIZE * SIZE * 3);
            for (int image = 0; image < size; image++) {
                boolean red = random.nextBoolean();
                for (int p = 0; p < SIZE * SIZE; p++) {
                    int noise = random.nextInt(20);
                    pixels.put((byte) (red ? 200 + noise : 0)).put((byte) noise).put((byte) (red ? 0 : 200 + noise));
                }
            }
            pixels.flip();
            return new Unlabelled(pixels, size);
        }
    }

    private Network network(Map<String, String> options, long seed) {
        return Network.create(new MaskedPatches(SmallVit.with(options)), PatchColours.CLASSES, compute, seed);
    }

    private static MaskedPatchPrediction objective(Masking masking) {
        return new MaskedPatchPrediction(SIZE, 4, masking);
    }

    private float[] logits(Network network, Masking masking, Batch batch, long seed) {
        try (NDManager scope = compute.newScope()) {
            return objective(masking)
                    .questions(network, scope, batch, seed, false)
                    .answers()
                    .get()
                    .toFloatArray();
        }
    }

    private static Recipe recipe() {
        return new Recipe("small-vit", 3, 16, 2e-3f, 5);
    }

    private static FitData data() {
        RedOrBlue training = new RedOrBlue(160, 16);
        RedOrBlue validation = new RedOrBlue(48, 16);
        return new FitData(training, training, validation, validation);
    }

    @ParameterizedTest
    @CsvSource({
        "cls, learned-1d",
        "mean, none",
        "mean-then-norm, learned-1d",
        "cls, sinusoid-2d",
        "mean, relative-bias-2d"
    })
    void twoColoursAreLearnedBetterThanTheCommonest(String pool, String positions) throws Exception {
        // Given
        MaskedPatchPrediction objective = objective(Masking.PAPER);
        FitData data = data();
        double commonest =
                objective.ofCommonestClass(data.validation(), () -> false).orElseThrow();
        try (Network network = network(Map.of("pool", pool, "positions", positions), 1)) {

            // When
            FitResult result = new Fit(recipe(), objective, FitListener.NONE, Optional.empty()).run(network, data);

            // Then
            EpochResult best = result.best().orElseThrow();
            assertThat(commonest).isBetween(.5, .7);
            assertThat(best.validation().images()).isEqualTo(48 * ASKED);
            assertThat(best.validation().accuracy()).isGreaterThan(commonest + .15);
        }
    }

    @Test
    void gradientFlowsToTheMaskTokenAndThePatchesThatAreSeen() {
        // Given
        try (Network network = network(Map.of(), 1);
                NDManager scope = compute.newScope();
                GradientCollector collector = compute.newGradientCollector()) {
            Batch batch = RedOrBlue.draw(4, new Random(2));
            Objective.Questions asked = objective(Masking.PAPER).questions(network, scope, batch, 3, true);

            // When
            collector.backward(asked.answers().get().square().sum());

            // Then
            for (String name : new String[] {"mask_token", "encoder.patch_embed.proj.weight", "encoder.cls_token"}) {
                try (NDArray gradient = network.weights().get(name).array().getGradient()) {
                    assertThat(gradient.abs().sum().getFloat()).as(name).isPositive();
                }
            }
        }
    }

    @Test
    void whatIsMaskedCannotBeSeen() {
        // Given one image with all of its patches masked, and another one
        Masking everything = new Masking(1, 1, 0);
        Batch one = RedOrBlue.draw(1, new Random(1));
        Batch other = RedOrBlue.draw(1, new Random(7));
        try (Network network = network(Map.of(), 1)) {

            // When
            float[] ofOne = logits(network, everything, one, 3);
            float[] ofOther = logits(network, everything, other, 3);

            // Then
            assertThat(one.pixels()).isNotEqualTo(other.pixels());
            assertThat(ofOne).hasSize(PATCHES * PatchColours.CLASSES).isEqualTo(ofOther);
        }
    }

    @Test
    void whatIsNotHiddenIsWhatTheModelSees() {
        // Given all patches chosen and none replaced
        Masking nothing = new Masking(1, 0, 0);
        Batch batch = RedOrBlue.draw(2, new Random(1));
        try (Network network = network(Map.of(), 1);
                NDManager scope = compute.newScope()) {
            float[] plain = network.forward(scope, batch.input(), false).array().toFloatArray();

            // When
            float[] asked = logits(network, nothing, batch, 3);

            // Then
            assertThat(asked).containsExactly(plain, within(1e-5f));
        }
    }

    @Test
    void hiddenPatchesDependOnTheSeedAlone() {
        // Given
        Batch batch = RedOrBlue.draw(2, new Random(1));
        try (Network network = network(Map.of(), 1)) {
            float[] first = logits(network, Masking.PAPER, batch, 3);
            logits(network, Masking.PAPER, RedOrBlue.draw(2, new Random(9)), 4);

            // When
            float[] again = logits(network, Masking.PAPER, batch, 3);
            float[] other = logits(network, Masking.PAPER, batch, 4);

            // Then
            assertThat(again).isEqualTo(first);
            assertThat(other).isNotEqualTo(first);
        }
    }

    private static Map<String, String> bits(Network network) {
        Map<String, String> bits = new TreeMap<>();
        network.weights().forEach((name, weight) -> bits.put(name, java.util.Arrays.toString(weight.values())));
        return bits;
    }

    @Test
    void killedARunEndsToTheBitAsIfItHadNotBeen() throws Exception {
        // Given a run with dropout, which is random too
        Map<String, String> dropout = Map.of("dropout", "0.1");
        Map<String, String> whole;
        try (Network network = network(dropout, 1)) {
            new Fit(recipe(), objective(Masking.PAPER), FitListener.NONE, Optional.empty()).run(network, data());
            whole = bits(network);
        }
        Optional<Checkpoints> checkpoints = Optional.of(new Checkpoints(folder, 3));
        FitListener killing = new FitListener() {
            @Override
            public void step(StepProgress progress) {
                if (progress.epoch() == 2 && progress.step() == 5) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        try (Network network = network(dropout, 1)) {
            Fit fit = new Fit(recipe(), objective(Masking.PAPER), killing, checkpoints);
            assertThatThrownBy(() -> fit.run(network, data())).hasMessage("killed");
        }

        // When
        try (Network network = network(dropout, 99)) {
            new Fit(recipe(), objective(Masking.PAPER), FitListener.NONE, checkpoints).run(network, data());

            // Then
            assertThat(bits(network)).isEqualTo(whole);
        }
    }

    @Test
    void checkpointOfATrainingIsRefused() throws Exception {
        // Given
        Optional<Checkpoints> checkpoints = Optional.of(new Checkpoints(folder, 0));
        try (Network network = network(Map.of(), 1)) {
            new Fit(recipe().with("epochs", 1), objective(Masking.PAPER), FitListener.NONE, checkpoints)
                    .run(network, data());
        }
        try (Network network = Network.create(SmallVit.with(Map.of()), 2, compute, 1)) {
            Fit fit = new Fit(recipe().with("epochs", 1), FitListener.NONE, checkpoints);

            // When, Then
            assertThatThrownBy(() -> fit.run(network, data()))
                    .hasMessageContaining("was trained with objective masked patches, this run has labels");
        }
    }

    @Test
    void encodersWeightsAreTheModelsWithoutItsHead() {
        for (Architecture model : new Architecture[] {
            SmallVit.with(Map.of("pool", "mean", "head", "mlp", "positions", "learned-2d")),
            new Presets().named("seed-vit")
        }) {
            Map<String, long[]> expected = new TreeMap<>();
            model.layers(2).weights().forEach((name, weight) -> expected.put(name, weight.shape()));
            expected.keySet().removeIf(name -> name.startsWith("head.") || name.startsWith("pre_logits."));
            try (Network network = Network.create(new MaskedPatches(model), PatchColours.CLASSES, compute, 1)) {

                // When
                Map<String, long[]> shapes = new TreeMap<>();
                MaskedPatches.encoder(network).forEach((name, weight) -> shapes.put(name, weight.shape()));

                // Then
                assertThat(shapes.keySet()).isEqualTo(expected.keySet());
                shapes.forEach((name, shape) -> assertThat(shape).as(name).isEqualTo(expected.get(name)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vit-ti-16", "vit-h-14", "r26-vit-s-32", "seed-vit"})
    void visionTransformersAndHybridsCanBeAskedForTheirPatches(String preset) {
        // When
        int side = new MaskedPatches(new Presets().named(preset)).side();

        // Then
        assertThat(side).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed-cnn", "resnet-18", "tnt-s-16", "cct-7-7x2"})
    void otherModelsCannot(String preset) {
        // Given
        Architecture model = new Presets().named(preset);

        // When, Then
        assertThatThrownBy(() -> new MaskedPatches(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed in pre-training is a Vision Transformer");
    }
}
