package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.caracal.scoring.Device;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Pixels;
import io.caracal.trainer.tensor.Weight;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Against the numbers of spec 4.1 and 4.10.
class SeedCnnTest {
    @Test
    void hasThePublishedNumberOfParameters() {
        // Given
        SeedCnn architecture = new SeedCnn();

        // When
        int parameters = architecture.layers(2).weights().values().stream()
                .filter(Weight::trained)
                .mapToInt(Weight::size)
                .sum();

        // Then
        assertThat(parameters).isEqualTo(29_600);
    }

    @Test
    void namesItsWeightsForCheckpoints() {
        // Given
        SeedCnn.Layers layers = new SeedCnn.Layers(2, 0);

        // When
        List<String> names = Filled.names(layers);

        // Then
        assertThat(names)
                .startsWith(
                        "stages.0.conv.weight",
                        "stages.0.conv.bias",
                        "stages.0.norm.weight",
                        "stages.0.norm.bias",
                        "stages.0.norm.running_mean",
                        "stages.0.norm.running_var",
                        "stages.1.conv.weight")
                .endsWith("hidden.weight", "hidden.bias", "head.weight", "head.bias")
                .hasSize(22);
    }

    @Test
    void firstStageStartsWithTheGoldenValues() throws Exception {
        // Given
        SeedCnn.Layers layers = new SeedCnn.Layers(2, 0);

        // When
        Engines.Both map = Engines.run(layers, x -> layers.maps(x, 1), Filled.image(224), 1, 3, 224, 224);

        // Then
        map.startGolden(1e-5, .212340614, .348073040, .293966683);
    }

    @Test
    void pooledMapsHaveTheGoldenSums() throws Exception {
        // Given
        double[] golden = {8370.129763, 384.786104, 154.354852};
        for (int stages = 1; stages <= 3; stages++) {
            SeedCnn.Layers layers = new SeedCnn.Layers(2, 0);
            int count = stages;

            // When
            Engines.Both maps = Engines.run(layers, x -> layers.maps(x, count), Filled.image(224), 1, 3, 224, 224);

            // Then
            maps.haveSum(1e-6, golden[stages - 1]);
        }
    }

    @Test
    void logitsAreGolden() throws Exception {
        // Given
        SeedCnn.Layers layers = new SeedCnn.Layers(2, 0);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(224), 1, 3, 224, 224);

        // Then
        logits.areGolden(1e-5, -.052383758, -.027674085);
    }

    /// At this rate nothing is left of the hidden layer, so that a logit is its bias.
    @Test
    void dropoutIsBetweenTheLastTwoLayersAndInTrainingAlone() {
        // Given
        Architecture architecture = new Presets().named("seed-cnn", Map.of("fc-dropout", "0.9999"));
        ByteBuffer pixels = ByteBuffer.allocateDirect(3 * 224 * 224);
        for (int i = 0; i < pixels.capacity(); i++) {
            pixels.put(i, (byte) (i % 29));
        }
        try (Compute compute = Compute.open(Device.CPU, 1);
                Network network = Network.create(architecture, 2, compute, 1);
                NDManager scope = compute.newScope();
                Gradients _ = Gradients.off()) {

            // When
            float[] scored = network.logits(pixels, 1)[0];
            float[] trained =
                    network.forward(scope, new Pixels(pixels, 1), true).array().toFloatArray();

            // Then
            float[] bias = network.weights().get("head.bias").values();
            assertThat(trained).isEqualTo(bias);
            assertThat(scored).doesNotContain(bias);
        }
    }
}
