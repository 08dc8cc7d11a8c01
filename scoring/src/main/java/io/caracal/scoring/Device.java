package io.caracal.scoring;

/// Where a model runs.
public enum Device {
    /// CUDA where it is, else the CPU.
    AUTO,
    CPU,
    CUDA
}
