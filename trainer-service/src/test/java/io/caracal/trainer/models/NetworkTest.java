package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.scoring.Device;
import io.caracal.trainer.tensor.Compute;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkTest {

    @Test
    void copyElsewhereScoresTheSame() {
        try (Compute compute = Compute.open(Device.CPU, 1);
                Compute elsewhere = compute.onCpu();
                Network network = Network.create(new Presets().named("small-resnet"), 3, compute, 1)) {
            // Given
            int size = network.architecture().imageSize();
            byte[] bytes = new byte[3 * size * size];
            new Random(1).nextBytes(bytes);
            ByteBuffer pixels =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

            // When
            try (Network copy = network.copy(elsewhere)) {

                // Then
                assertThat(copy.compute()).isSameAs(elsewhere);
                assertThat(copy.logits(pixels, 1)).isDeepEqualTo(network.logits(pixels, 1));
            }
        }
    }
}
