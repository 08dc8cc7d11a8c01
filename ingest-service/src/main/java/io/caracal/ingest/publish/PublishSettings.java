package io.caracal.ingest.publish;

import java.time.Duration;

/// @param timeout for Kafka's acknowledgement
/// @param inFlightBytes of images in memory at once
/// @param patience how long an image waits for room among them
public record PublishSettings(Duration timeout, int inFlightBytes, Duration patience) {}
