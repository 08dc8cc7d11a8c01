package io.caracal.scoring;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Opens ONNX Runtime sessions on the device that is asked for.
final class Sessions {
    private final OrtEnvironment environment;
    private final ClassifierOptions options;

    Sessions(OrtEnvironment environment, ClassifierOptions options) {
        this.environment = environment;
        this.options = options;
    }

    /// @param session owned by the caller
    record Opened(OrtSession session, Placement placement) {}

    /// @throws ModelException if the device is `CUDA` and cannot be had
    /// @throws OrtException if the file is not a model
    Opened open(Path file) throws OrtException {
        return switch (options.device()) {
            case CPU -> onCpu(file, "as set");
            case CUDA -> onCuda(file);
            case AUTO -> {
                try {
                    yield onCuda(file);
                } catch (ModelException noCuda) {
                    yield onCpu(file, noCuda.getMessage());
                }
            }
        };
    }

    /// On the CPU, whatever the options say.
    ///
    /// @param model a whole file, direct
    /// @param folder where weights lie that the model keeps in files of their own
    /// @throws OrtException if it is not a model
    OrtSession open(ByteBuffer model, Path folder) throws OrtException {
        try (SessionOptions session = sessionOptions()) {
            session.addConfigEntry("session.model_external_initializers_file_folder_path", folder.toString());
            return environment.createSession(model, session);
        }
    }

    private Opened onCpu(Path file, String reason) throws OrtException {
        try (SessionOptions session = sessionOptions()) {
            return new Opened(environment.createSession(file.toString(), session), new Placement(Device.CPU, reason));
        }
    }

    private Opened onCuda(Path file) throws OrtException {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new ModelException("no CUDA: this build carries ONNX Runtime for the CPU only, build with -Pcuda");
        }
        try (SessionOptions session = sessionOptions()) {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
                // The exhaustive search takes more than a second for every new shape.
                cuda.add("cudnn_conv_algo_search", "HEURISTIC");
                // Memory patterns of two sessions used in turn leak: onnxruntime issue 29351.
                session.setMemoryPatternOptimization(false);
                session.addCUDA(cuda);
            } catch (OrtException e) {
                throw new ModelException("no CUDA: " + OneLine.of(e), e);
            }
            return new Opened(
                    environment.createSession(file.toString(), session), new Placement(Device.CUDA, "CUDA device 0"));
        }
    }

    private SessionOptions sessionOptions() throws OrtException {
        SessionOptions session = new SessionOptions();
        session.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        session.setIntraOpNumThreads(options.intraOpThreads());
        session.setInterOpNumThreads(1);
        session.addConfigEntry("session.intra_op.allow_spinning", "0");
        session.addConfigEntry("session.inter_op.allow_spinning", "0");
        return session;
    }
}
