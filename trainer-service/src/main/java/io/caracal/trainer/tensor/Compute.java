package io.caracal.trainer.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.caracal.scoring.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where tensors are computed: the engine, its device and its threads. One per process; owns the native memory of all
/// networks that are created on it.
public final class Compute implements AutoCloseable {
    /// What NVIDIA's driver makes, on Linux and in containers.
    private static final Path DRIVER = Path.of("/dev/nvidiactl");

    private static final String LIBTORCH = "2.7.1";

    private final Engine engine;
    private final NDManager root;
    private final DropMasks masks = new DropMasks();

    private Compute(Engine engine, NDManager root) {
        this.engine = engine;
        this.root = root;
    }

    /// @param threads used by one operation; 0 for one per core
    /// @throws IllegalArgumentException in one line, if the device is not there or the number is negative
    public static Compute open(Device device, int threads) {
        if (threads < 0) {
            throw new IllegalArgumentException("threads is " + threads + ", allowed is 0 (one per core) or more");
        }
        Engine engine = Engine.getEngine("PyTorch");
        // Only now: before the engine is loaded this call does not link.
        JniUtils.setNumThreads(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        return new Compute(engine, engine.newBaseManager(place(engine, device)));
    }

    private static ai.djl.Device place(Engine engine, Device device) {
        boolean cuda = engine.getGpuCount() > 0;
        return switch (device) {
            case CPU -> ai.djl.Device.cpu();
            case AUTO -> cuda ? ai.djl.Device.gpu() : ai.djl.Device.cpu();
            case CUDA -> {
                if (!cuda) {
                    throw new IllegalArgumentException("device is cuda, but " + missing() + ": allowed is auto or cpu");
                }
                yield ai.djl.Device.gpu();
            }
        };
    }

    private static String missing() {
        if (Files.notExists(DRIVER)) {
            return "this machine has no NVIDIA GPU or no driver for it (" + DRIVER + " is not there)";
        }
        return "the engine was loaded without CUDA: PYTORCH_LIBRARY_PATH must name the lib folder of libtorch "
                + LIBTORCH + " for CUDA, PYTORCH_VERSION its version and PYTORCH_FLAVOR its flavor";
    }

    /// The same engine with the same threads on the CPU. Closing it leaves this one open.
    public Compute onCpu() {
        return new Compute(engine, engine.newBaseManager(ai.djl.Device.cpu()));
    }

    /// A scope for native memory: everything in it goes when it is closed.
    public NDManager newScope() {
        return root.newSubManager();
    }

    /// Copies to a CUDA device while a step runs there: the engine has one stream, so a copy goes between two
    /// operations of that step. A CPU reads bytes where they are.
    public CopyAhead copyAhead() {
        return cuda() ? bytes -> Optional.of(Copied.to(newScope(), bytes)) : CopyAhead.NONE;
    }

    /// Starts recording for gradients on this thread; one at a time per process.
    public GradientCollector newGradientCollector() {
        return engine.newGradientCollector();
    }

    /// Starts the random numbers of [#dropout] anew.
    public void seed(long seed) {
        JniUtils.setSeed(seed);
        masks.seed(seed);
    }

    /// The fastest way to drop values here: where there is a CUDA device, its own.
    public Dropout dropout() {
        return cuda() ? Dropout.OF_ENGINE : masks;
    }

    /// Whether this is a CUDA device.
    public boolean cuda() {
        return root.getDevice().isGpu();
    }

    /// Native arrays that are alive in all scopes: what a leak would raise.
    public int arrays() {
        return root.getManagedArrays().size();
    }

    @Override
    public void close() {
        root.close();
    }
}
