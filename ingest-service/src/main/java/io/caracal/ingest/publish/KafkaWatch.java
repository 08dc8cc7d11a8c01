package io.caracal.ingest.publish;

import io.caracal.contracts.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/// Asks Kafka for the images topic over and over. While it does not answer, images are refused at once: they would only
/// pile up in front of a producer that cannot send them, and could be sent after their sender has been told otherwise.
///
/// Owns its thread and its client.
@Singleton
final class KafkaWatch implements KafkaState {
    private static final Logger LOG = Logger.getLogger(KafkaWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final String topic;
    private final KafkaClientService clients;
    private final Map<String, Object> clientSettings;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Optional<String> problem = Optional.of("Kafka has not answered yet");
    private volatile Thread thread;
    private boolean known;

    KafkaWatch(
            Topics topics, KafkaClientService clients, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.clients = clients;
        this.topic = topics.images();
        this.clientSettings = new HashMap<>(kafka);
        clientSettings.keySet().retainAll(AdminClientConfig.configNames());
        clientSettings.put(AdminClientConfig.CLIENT_ID_CONFIG, "caracal-ingest-watch");
        clientSettings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, INTERVAL.toMillis());
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public void failed(String message) {
        problem = Optional.of(message);
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().daemon().name("ingest-kafka-watch").start(this::watch);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    private void watch() {
        while (stopped.getCount() > 0) {
            // A client that cannot be made (the host has no address yet) can be made later.
            try {
                askUntilStopped(Admin.create(clientSettings));
            } catch (KafkaException e) {
                change(Optional.of("Kafka cannot be reached: " + e.getMessage()));
                pause();
            } catch (InterruptedException e) {
                stopped.countDown();
            }
        }
    }

    private void askUntilStopped(Admin admin) throws InterruptedException {
        try {
            do {
                ask(admin);
            } while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } finally {
            // Without a limit it would wait for questions that a broker which is away never answers.
            admin.close(Duration.ZERO);
        }
    }

    private void ask(Admin admin) throws InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            introduce();
            change(Optional.empty());
        } catch (TimeoutException | io.smallrye.mutiny.TimeoutException e) {
            change(Optional.of("Kafka does not answer"));
        } catch (ExecutionException e) {
            change(Optional.of("topic " + topic + ": " + e.getCause().getMessage()));
        }
    }

    /// Lets the producer look the topic up, once, before the first image: it would block, and everything behind it
    /// wait.
    private void introduce() {
        if (!known) {
            clients.getProducer("images")
                    .runOnSendingThread(producer -> {
                        return producer.partitionsFor(topic);
                    })
                    .await()
                    .atMost(ANSWER);
            known = true;
        }
    }

    private void pause() {
        try {
            stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    private void change(Optional<String> now) {
        if (!now.equals(problem)) {
            LOG.infof("Kafka: %s", now.orElse("ready, topic " + topic));
        }
        problem = now;
    }
}
