package io.caracal.scoring;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;

/// ONNX Runtime itself, which unpacks its native library when it is first asked for.
public final class OnnxRuntime {

    private OnnxRuntime() {}

    /// Finds out whether models can be opened at all, for who needs that only after hours of work.
    ///
    /// @throws ModelException in one line, if there is no native library for this machine or no room to unpack it
    public static void load() {
        environment();
    }

    static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "caracal");
        } catch (LinkageError e) {
            throw new ModelException(
                    "ONNX Runtime cannot be loaded (" + OneLine.of(e)
                            + "); it needs some 30 MB of room in the folder for"
                            + " temporary files, " + System.getProperty("java.io.tmpdir")
                            + ": make room there or set another: JDK_JAVA_OPTIONS=-Djava.io.tmpdir=DIR",
                    e);
        }
    }
}
