package io.caracal.imaging;

/// The result of looking at the first bytes only.
public sealed interface Probe permits Probe.Image, Refusal {

    record Image(ImageHeader header) implements Probe {}
}
