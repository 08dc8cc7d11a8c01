package io.caracal.trainer.report;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.caracal.trainer.tensor.Compute;

/// What a run was computed on.
///
/// @param device `cpu` or `cuda`
/// @param processors that the Java runtime may use
/// @param heapBytes the most that the Java heap may take
/// @param engine of the training, with its version
public record Machine(
        String device,
        int processors,
        long heapBytes,
        String system,
        String java,
        String engine,
        String djl,
        String onnxRuntime) {

    public static Machine of(Compute compute) {
        Engine engine = Engine.getInstance();
        return new Machine(
                compute.cuda() ? "cuda" : "cpu",
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.version().toString(),
                engine.getEngineName() + " " + engine.getVersion(),
                Engine.getDjlVersion(),
                OrtEnvironment.getEnvironment().getVersion());
    }
}
