package io.caracal.trainer.tensor;

import io.caracal.scoring.Device;

/// Where tensors are computed: the engine, its device and its threads. One per process; owns the native memory of all
/// networks that are created on it.
public final class Compute implements AutoCloseable {

    private Compute() {}

    /// @param threads used by one operation; 0 for one per core
    /// @throws IllegalArgumentException in one line, if the device is not there or the number is negative
    public static Compute open(Device device, int threads) {
        throw new UnsupportedOperationException(device.toString() + threads);
    }

    @Override
    public void close() {}
}
