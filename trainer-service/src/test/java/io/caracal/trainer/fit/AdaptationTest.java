package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.models.Adaptation;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.LayerDepths;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.OptimizerSettings;
import io.caracal.trainer.models.OptimizerSettings.Rule;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.nn.BatchNorm;
import io.caracal.trainer.nn.Conv;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Freezing and layer-wise rates in training.
@ExtendWith(ComputeExtension.class)
class AdaptationTest {
    private static final int BATCHES = 4;

    private final Bright images = new Bright(16 * BATCHES, 16);
    private final Compute compute;

    @TempDir
    private Path folder;

    AdaptationTest(Compute compute) {
        this.compute = compute;
    }

    /// Two convolutions with batch norms and a head.
    private record Stacked() implements Architecture {
        @Override
        public String name() {
            return "stacked";
        }

        @Override
        public int imageSize() {
            return 16;
        }

        @Override
        public Recipe recipe() {
            return new Recipe(name(), 2, 16, 1e-2f, 0);
        }

        @Override
        public Layer layers(int classes) {
            return new Layers(classes);
        }
    }

    private static final class Block extends Layer {
        private final Conv conv;
        private final BatchNorm norm = part("norm", new BatchNorm(4));

        Block(int in) {
            conv = part("conv", new Conv(in, 4, 3, 2, 1));
        }

        @Override
        public Tensor forward(Tensor x) {
            return norm.forward(conv.forward(x)).relu();
        }
    }

    private static final class Layers extends Layer {
        private final List<Block> blocks = parts("blocks", List.of(new Block(3), new Block(4)));
        private final Linear head;

        Layers(int classes) {
            head = part("head", new Linear(4, classes));
        }

        @Override
        public Tensor forward(Tensor x) {
            for (Block block : blocks) {
                x = block.forward(x);
            }
            return head.forward(x.globalAveragePool());
        }
    }

    private Network network() {
        return Network.create(new Stacked(), 2, compute, 1);
    }

    private static Recipe recipe(Rule rule, Adaptation adapt) {
        return new Stacked()
                .recipe()
                .with("optimizer", new OptimizerSettings(rule, .9f, false, .9f, .999f, 1e-8f, 0, 1, 1, .9f))
                .with("adapt", adapt);
    }

    private static Map<String, List<Float>> values(Network network) {
        Map<String, List<Float>> values = new TreeMap<>();
        network.weights().forEach((name, weight) -> {
            List<Float> list = new java.util.ArrayList<>();
            for (float value : weight.values()) {
                list.add(value);
            }
            values.put(name, list);
        });
        return values;
    }

    private FitData data() {
        return new FitData(images, images, images, images);
    }

    @Test
    void frozenLayersStayAndTheOthersLearn() throws Exception {
        for (Rule rule : Rule.values()) {
            // Given
            Recipe recipe = recipe(rule, new Adaptation("1", 1));
            try (Network network = network()) {
                var before = values(network);

                // When
                new Fit(recipe, FitListener.NONE, Optional.empty()).run(network, data());

                // Then weights and running statistics of the first block are as they were, to the bit
                values(network).forEach((name, after) -> {
                    if (name.startsWith("blocks.0.")) {
                        assertThat(after).as("%s %s", rule, name).isEqualTo(before.get(name));
                    } else {
                        assertThat(after).as("%s %s", rule, name).isNotEqualTo(before.get(name));
                    }
                });
            }
        }
    }

    @Test
    void whatIsFrozenCostsNoMemory() {
        // Given
        try (Network network = network();
                Learning learning = Learning.of(recipe(Rule.ADAM, new Adaptation("1", 1)), network)) {

            // When
            var remembered = new TreeSet<>(learning.optimizer().memory().keySet());
            remembered.addAll(learning.average().orElseThrow().memory().keySet());

            // Then
            assertThat(remembered).isNotEmpty().noneMatch(name -> name.contains("blocks.0."));
            assertThat(network.weights().get("blocks.0.conv.weight").array().hasGradient())
                    .isFalse();
            assertThat(network.parameters()).isEqualTo(4 * 27 + 4 + 8 + 4 * 36 + 4 + 8 + 10);
        }
    }

    @Test
    void frozenBatchNormsNormaliseByTheirStatisticsInTraining() {
        // Given a network that is frozen up to its head: the images do not matter to each other then
        try (Network network = network();
                Learning learning = Learning.of(recipe(Rule.ADAM, new Adaptation("all-but-head", 1)), network)) {
            Batch batch = images.draw(16, new Random(3));
            float[] evaluated =
                    Step.evaluate(network, Objective.LABELS, batch, 0).logits();

            // When
            float[] trained = new Step(learning, Objective.LABELS, recipe(Rule.ADAM, Adaptation.NONE), 1)
                    .train(batch, 0)
                    .logits();

            // Then
            assertThat(trained).containsExactly(evaluated, within(1e-6f));
        }
    }

    @Test
    void laterFitOfTheSameNetworkLetsGoAgain() {
        // Given
        try (Network network = network()) {
            Learning.of(recipe(Rule.ADAM, new Adaptation("all-but-head", 1)), network)
                    .close();

            // When
            Learning.of(recipe(Rule.ADAM, Adaptation.NONE), network).close();

            // Then
            assertThat(network.weights().values()).noneMatch(weight -> weight.frozen());
        }
    }

    @Test
    void firstMovesAreInTheProportionOfTheRates() {
        // Given plain gradient descent, whose first move is rate times gradient
        Recipe even = recipe(Rule.SGD, Adaptation.NONE);
        Recipe decayed = recipe(Rule.SGD, new Adaptation("none", .5f));
        float[][] moves = new float[2][];
        for (int i = 0; i < 2; i++) {
            try (Network network = network();
                    Learning learning = Learning.of(i == 0 ? even : decayed, network)) {
                float[] before = network.weights().get("blocks.0.conv.weight").values();

                // When
                new Step(learning, Objective.LABELS, i == 0 ? even : decayed, 1)
                        .train(images.draw(16, new Random(3)), 0);

                moves[i] = network.weights().get("blocks.0.conv.weight").values();
                for (int k = 0; k < before.length; k++) {
                    moves[i][k] -= before[k];
                }
            }
        }

        // Then layer 1 of two blocks has 0.5^2 of the rate
        for (int k = 0; k < moves[0].length; k++) {
            assertThat(moves[1][k]).isCloseTo(moves[0][k] / 4, within(1e-6f));
        }
        assertThat(moves[0]).isNotEqualTo(new float[moves[0].length]);
    }

    @Test
    void gradientNormIgnoresWhatIsFrozen() {
        // Given a step that is clipped to a length of 1e-3
        Recipe recipe = recipe(Rule.SGD, new Adaptation("all-but-head", 1))
                .with("optimizer", new OptimizerSettings(Rule.SGD, 0, false, .9f, .999f, 1e-8f, 0, 1e-3f, 1, 0))
                .with("learningRate", 1);
        try (Network network = network();
                Learning learning = Learning.of(recipe, network)) {
            var before = values(network);

            // When
            new Step(learning, Objective.LABELS, recipe, 1).train(images.draw(16, new Random(3)), 0);

            // Then the head alone moved by all of it
            double square = 0;
            for (String name : List.of("head.weight", "head.bias")) {
                float[] after = network.weights().get(name).values();
                for (int i = 0; i < after.length; i++) {
                    square += Math.pow(after[i] - before.get(name).get(i), 2);
                }
            }
            assertThat(Math.sqrt(square)).isCloseTo(1e-3, within(1e-6));
        }
    }

    @Test
    void killedARunEndsToTheBitAsIfItHadNotBeen() throws Exception {
        // Given
        Recipe recipe = recipe(Rule.ADAMW, new Adaptation("1", .7f));
        Map<String, List<Float>> whole;
        try (Network network = network()) {
            new Fit(recipe, FitListener.NONE, Optional.empty()).run(network, data());
            whole = values(network);
        }
        Optional<Checkpoints> checkpoints = Optional.of(new Checkpoints(folder, 1));
        FitListener killing = new FitListener() {
            @Override
            public void step(StepProgress progress) {
                if (progress.step() == 3) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        try (Network network = network()) {
            Fit fit = new Fit(recipe, killing, checkpoints);
            assertThatThrownBy(() -> fit.run(network, data())).hasMessage("killed");
        }

        // When
        try (Network network = network()) {
            new Fit(recipe, FitListener.NONE, checkpoints).run(network, data());

            // Then
            assertThat(values(network)).isEqualTo(whole);
        }
    }

    @Test
    void checkpointOfAnotherAdaptationIsRefused() throws Exception {
        // Given
        Optional<Checkpoints> checkpoints = Optional.of(new Checkpoints(folder, 0));
        try (Network network = network()) {
            new Fit(recipe(Rule.ADAM, Adaptation.NONE), FitListener.NONE, checkpoints).run(network, data());
        }
        try (Network network = network()) {
            Fit fit = new Fit(recipe(Rule.ADAM, new Adaptation("1", 1)), FitListener.NONE, checkpoints);

            // When, Then
            assertThatThrownBy(() -> fit.run(network, data()))
                    .hasMessageContaining("was trained with adapt.freeze none, this run has 1");
        }
    }

    @Test
    void architectureWithoutDepthsIsRefused() {
        // Given
        Recipe recipe = new Tiny().recipe().with("adapt", new Adaptation("embedding", 1));
        try (Network network = Network.create(new Tiny(), 2, compute, 1)) {

            // When, Then
            assertThatThrownBy(() -> Learning.of(recipe, network))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the names of its weights do not tell their depth");
            assertThat(LayerDepths.of(network.weights().keySet()).blocks()).isZero();
        }
    }
}
