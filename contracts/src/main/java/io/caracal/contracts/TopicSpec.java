package io.caracal.contracts;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How a topic is created.
///
/// @param settings of the topic, as Kafka names them
public record TopicSpec(String name, int partitions, Map<String, String> settings) {
    /// Of the topics that carry images and their outcomes: the most consumers that can share the work.
    public static final int PARTITIONS = 6;

    public TopicSpec {
        Required.text(name, "name");
        Required.atLeast(1, partitions, "partitions");
        settings = Map.copyOf(settings);
    }

    /// All six topics. The outcomes of an image have its key and as many partitions, so they keep its order.
    public static List<TopicSpec> all(Topics topics) {
        return List.of(
                stream(topics.images(), RecordLimits.IMAGE_RECORD, Duration.ofDays(7)),
                stream(topics.predictions(), 1024 * 1024, Duration.ofDays(7)),
                stream(topics.rejected(), RecordLimits.REJECTED_RECORD, Duration.ofDays(14)),
                latestPerKey(topics.models()),
                latestPerKey(topics.trainingRuns()),
                new TopicSpec(topics.feedback(), 1, Map.of("retention.ms", "-1")));
    }

    private static TopicSpec stream(String name, int maxBytes, Duration retention) {
        return new TopicSpec(
                name,
                PARTITIONS,
                Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", String.valueOf(retention.toMillis()),
                        "max.message.bytes", String.valueOf(maxBytes)));
    }

    private static TopicSpec latestPerKey(String name) {
        return new TopicSpec(name, 1, Map.of("cleanup.policy", "compact"));
    }
}
