package io.caracal.scoring;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.caracal.contracts.ModelCard.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `uint8[N, H, W, 3]`: the decoder's buffer itself, copied only when a batch must be padded.
final class PixelInput implements ModelInput {
    private final Input input;
    private final BufferPool<ByteBuffer> padded =
            new BufferPool<>(bytes -> ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));

    PixelInput(Input input) {
        this.input = input;
    }

    @Override
    public <T> T with(OrtEnvironment environment, ByteBuffer pixels, int size, Run<T> run) throws OrtException {
        int bytes = size * input.height() * input.width() * 3;
        if (pixels.remaining() == bytes) {
            return run(environment, pixels, size, run);
        }
        ByteBuffer buffer = padded.take(bytes);
        try {
            buffer.put(0, pixels, pixels.position(), pixels.remaining());
            return run(environment, buffer.slice(0, bytes), size, run);
        } finally {
            padded.give(buffer);
        }
    }

    private <T> T run(OrtEnvironment environment, ByteBuffer pixels, int size, Run<T> run) throws OrtException {
        long[] shape = {size, input.height(), input.width(), 3};
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, pixels, shape, OnnxJavaType.UINT8)) {
            return run.on(tensor);
        }
    }
}
