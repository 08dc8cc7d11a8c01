package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.caracal.scoring.Device;
import io.caracal.trainer.nn.Attention;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a backward pass reads is still there, even if garbage is collected after the forward pass.
class EagerGradientTest {

    @Test
    void attentionKeepsWhatItsGradientNeeds() {
        try (Compute compute = Compute.open(Device.CPU, 1)) {
            // Given
            float[] expected = queriesGradient(compute, () -> {});

            // When
            float[] collected = queriesGradient(compute, EagerGradientTest::collectGarbageAndReuseItsMemory);

            // Then
            assertThat(collected).containsExactly(expected);
        }
    }

    /// @param between runs after the forward and before the backward pass
    private static float[] queriesGradient(Compute compute, Runnable between) {
        Attention attention = new Attention(8, new Heads(2, 4), false, 0);
        try (NDManager memory = compute.newScope();
                NDManager scope = compute.newScope();
                GradientCollector collector = compute.newGradientCollector()) {
            Filled.parameters(attention, memory);
            NDArray x = scope.arange(48f).reshape(new Shape(2, 3, 8)).div(48);
            NDArray y = ((Eager)
                            attention.forward(new Eager(x, true, Dropout.OF_ENGINE, new Constants(x.getManager()))))
                    .array();
            NDArray loss = y.mul(y).sum();
            between.run();
            collector.backward(loss);
            return attention.weights().get("qkv.weight").array().getGradient().toFloatArray();
        }
    }

    private static void collectGarbageAndReuseItsMemory() {
        var collected = new ReferenceQueue<>();
        var garbage = new PhantomReference<>(new Object(), collected);
        await().until(() -> {
            System.gc();
            return collected.poll() == garbage;
        });
        List<ByteBuffer> reused = IntStream.range(0, 100_000)
                .mapToObj(_ -> ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder()))
                .toList();
        reused.forEach(buffer -> buffer.putFloat(0, 1e30f));
    }
}
