package io.caracal.scoring;

/// How a model file is run.
///
/// @param intraOpThreads threads that share one run. 1 with as many concurrent runs as cores gives the most images
///     per CPU-second; more only shortens a single run
public record ClassifierOptions(Device device, int intraOpThreads) {

    /// CUDA where it is, one thread per run.
    public static final ClassifierOptions DEFAULTS = new ClassifierOptions(Device.AUTO, 1);

    public ClassifierOptions {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("intra-op threads is " + intraOpThreads + ", allowed is 1 or more");
        }
    }

    public static ClassifierOptions on(Device device) {
        return new ClassifierOptions(device, 1);
    }
}
