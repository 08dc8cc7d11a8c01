package io.caracal.scoring;

/// Where a model ended up, and why there.
///
/// @param device `CPU` or `CUDA`, never `AUTO`
/// @param reason one line for a log
public record Placement(Device device, String reason) {}
