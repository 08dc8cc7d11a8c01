package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.caracal.scoring.Device;
import org.junit.jupiter.api.Test;

class ComputeTest {

    @Test
    void usesTheThreadsItIsToldOrOnePerCore() {
        // Given
        int cores = Runtime.getRuntime().availableProcessors();

        // When
        Compute.open(Device.CPU, 3).close();
        int three = JniUtils.getNumThreads();
        Compute.open(Device.CPU, 0).close();

        // Then
        assertThat(three).isEqualTo(3);
        assertThat(JniUtils.getNumThreads()).isEqualTo(cores);
    }

    @Test
    void closesAsOftenAsOneLikes() {
        // Given
        Compute compute = Compute.open(Device.AUTO, 1);

        // When
        compute.close();
        compute.close();

        // Then
        assertThat(compute.arrays()).isZero();
    }

    @Test
    void refusesANegativeNumberOfThreads() {
        // Given
        int threads = -1;

        // When
        var open = assertThatThrownBy(() -> Compute.open(Device.CPU, threads));

        // Then
        open.isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads is -1, allowed is 0 (one per core) or more");
    }

    @Test
    void refusesCudaInOneLineWhereThereIsNone() {
        // Given
        assumeFalse(Engine.getEngine("PyTorch").getGpuCount() > 0);

        // When
        var open = assertThatThrownBy(() -> Compute.open(Device.CUDA, 1));

        // Then
        open.isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("device is cuda")
                .hasMessageNotContaining("\n");
    }
}
