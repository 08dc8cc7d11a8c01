package io.caracal.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.caracal.contracts.ModelCard.Input;
import java.nio.ByteBuffer;

/// Turns decoded pixels into the tensor that a graph takes. Safe for concurrent calls.
sealed interface ModelInput permits PixelInput, PlanarInput {

    static ModelInput of(Input input) {
        return switch (input.layout()) {
            case UINT8_NHWC -> new PixelInput(input);
            case FLOAT_NCHW -> new PlanarInput(input);
        };
    }

    /// Calls `run` with a tensor of `size` images whose first `pixels.remaining() / imageBytes` are the given ones;
    /// the rest is padding. The tensor lives as long as the call.
    ///
    /// @param pixels direct, uint8 RGB `[n, H, W, 3]`, n <= size
    <T> T with(OrtEnvironment environment, ByteBuffer pixels, int size, Run<T> run) throws OrtException;

    /// What is done with a tensor.
    interface Run<T> {
        T on(OnnxTensor tensor) throws OrtException;
    }
}
