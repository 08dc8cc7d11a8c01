package io.caracal.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/// Whether the engine records operations for gradients on this thread; closing restores what was before.
public final class Gradients implements AutoCloseable {
    private final boolean before;

    private Gradients(boolean on) {
        before = JniUtils.isGradMode();
        JniUtils.setGradMode(on);
    }

    public static Gradients off() {
        return new Gradients(false);
    }

    /// Sets the gradient of a weight to zero.
    public static void clear(NDArray weight) {
        JniUtils.zeroGrad((PtNDArray) weight);
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
