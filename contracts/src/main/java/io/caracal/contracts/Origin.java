package io.caracal.contracts;

/// Where an image record lies in Kafka.
public record Origin(String topic, int partition, long offset) {
    public Origin {
        Required.text(topic, "topic");
    }

    /// The id of an image whose producer gave none: `topic-partition-offset`.
    public String asId() {
        return topic + "-" + partition + "-" + offset;
    }
}
