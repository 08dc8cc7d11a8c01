package io.caracal.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.caracal.contracts.ModelCard.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// `float32[N, 3, H, W]`: every channel value is looked up in a table of `(value / 255 - mean) / std`, and the
/// channels are taken apart.
final class PlanarInput implements ModelInput {
    private static final int CHANNELS = 3;

    private final Input input;
    private final float[][] normalised = new float[CHANNELS][256];
    private final BufferPool<FloatBuffer> tensors =
            new BufferPool<>(floats -> ByteBuffer.allocateDirect(floats * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer());

    PlanarInput(Input input) {
        this.input = input;
        for (int c = 0; c < CHANNELS; c++) {
            for (int value = 0; value < 256; value++) {
                normalised[c][value] =
                        (value / 255f - input.mean().get(c)) / input.std().get(c);
            }
        }
    }

    @Override
    public <T> T with(OrtEnvironment environment, ByteBuffer pixels, int size, Run<T> run) throws OrtException {
        int plane = input.height() * input.width();
        int floats = size * CHANNELS * plane;
        FloatBuffer buffer = tensors.take(floats);
        try {
            int images = pixels.remaining() / (CHANNELS * plane);
            for (int image = 0; image < images; image++) {
                fill(pixels, pixels.position() + image * CHANNELS * plane, buffer, image * CHANNELS * plane, plane);
            }
            long[] shape = {size, CHANNELS, input.height(), input.width()};
            try (OnnxTensor tensor = OnnxTensor.createTensor(environment, buffer.slice(0, floats), shape)) {
                return run.on(tensor);
            }
        } finally {
            tensors.give(buffer);
        }
    }

    private void fill(ByteBuffer pixels, int from, FloatBuffer tensor, int to, int plane) {
        for (int c = 0; c < CHANNELS; c++) {
            float[] table = normalised[c];
            int source = from + c;
            int target = to + c * plane;
            for (int i = 0; i < plane; i++) {
                tensor.put(target + i, table[pixels.get(source + i * CHANNELS) & 0xff]);
            }
        }
    }
}
