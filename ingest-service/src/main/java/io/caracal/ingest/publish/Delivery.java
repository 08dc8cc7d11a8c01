package io.caracal.ingest.publish;

/// What became of an image that was handed to Kafka.
public sealed interface Delivery {

    /// The broker has it, on as many replicas as the topic demands.
    record Acknowledged() implements Delivery {}

    /// The topic takes no record of this size.
    record TooLarge(String message) implements Delivery {}

    /// Kafka is away or did not answer in time; the image can be sent again.
    record Unavailable(String message) implements Delivery {}
}
