package io.caracal.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Chosen;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options whose constants are kept on the device: they are there once, and a step adds nothing to them.
@ExtendWith(ComputeExtension.class)
class StepMemoryTest {

    @ParameterizedTest
    @CsvSource({
        "vit-ti-16, image-size=32;depth=2;positions=relative-bias-2d",
        "vit-ti-16, image-size=32;depth=2;positions=relative-1d",
        "vit-ti-16, image-size=32;depth=2;positions=sinusoid-1d",
        "vit-ti-16, image-size=32;depth=2;positions=sinusoid-2d;gelu=tanh",
        "vit-ti-16, image-size=48;depth=2;pool=mean;attention=local;window=3;pad=zero",
        "vit-ti-16, image-size=48;depth=2;pool=mean;attention=axial-joint;positions=relative-bias-2d",
        "cct-2-3x2, positions=sinusoid",
        "sl-vit-32-4, drop-path=0"
    })
    void stepsAddNoArrays(String preset, String options, Compute compute) {
        // Given
        Architecture architecture = Chosen.preset(preset, options);
        try (Network network = Network.create(architecture, 2, compute, 1);
                Learning learning = Learning.of(architecture.recipe(), network)) {
            Step step = new Step(learning, Objective.LABELS, architecture.recipe(), 10);
            Batch batch = StepSpeed.Drawn.of(2, architecture.imageSize());
            step.train(batch, 0);
            int before = compute.arrays();

            // When
            for (int i = 1; i <= 3; i++) {
                step.train(batch, i);
                Step.evaluate(network, Objective.LABELS, batch, i);
            }

            // Then
            assertThat(compute.arrays()).isEqualTo(before);
        }
    }
}
