package io.caracal.testing;

import io.caracal.broker.ChildBroker;
import io.caracal.contracts.RecordLimits;
import io.caracal.contracts.TopicCreator;
import io.caracal.contracts.TopicSpec;
import io.caracal.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;

/// A Kafka broker of a test's own, empty but for the six topics. Owns the container or the process, and the data.
public final class RealKafka implements AutoCloseable {
    private static final String IMAGE = "apache/kafka:4.1.0";

    private final String bootstrapServers;
    private final List<AutoCloseable> owned;

    private RealKafka(String bootstrapServers, List<AutoCloseable> owned) {
        this.bootstrapServers = bootstrapServers;
        this.owned = owned;
    }

    /// In a container where a Docker daemon answers, else in a child process.
    public static RealKafka start() {
        RealKafka kafka = Docker.isThere() ? container() : child();
        kafka.createTopics();
        return kafka;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        for (AutoCloseable each : owned) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("the test's Kafka does not stop", e);
            }
        }
    }

    private static RealKafka container() {
        String maxBytes = String.valueOf(RecordLimits.REJECTED_RECORD);
        var container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", maxBytes)
                .withEnv("KAFKA_REPLICA_FETCH_MAX_BYTES", maxBytes);
        container.start();
        return new RealKafka(container.getBootstrapServers(), List.of(container::stop));
    }

    private static RealKafka child() {
        try {
            Path folder = Files.createTempDirectory("caracal-kafka-");
            var broker = ChildBroker.start(folder);
            return new RealKafka(broker.bootstrapServers(), List.of(broker, () -> delete(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createTopics() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            new TopicCreator(admin).createMissing(TopicSpec.all(Topics.DEFAULTS));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics cannot be created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating the topics", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
