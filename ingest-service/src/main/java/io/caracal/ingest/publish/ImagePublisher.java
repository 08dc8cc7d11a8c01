package io.caracal.ingest.publish;

import io.caracal.contracts.ImageEvent;
import io.caracal.contracts.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/// Hands images to Kafka and says what became of each.
@ApplicationScoped
public class ImagePublisher {
    /// More than the channel has in flight at once; the bound that counts is [InFlight].
    private static final int BUFFER = 4096;

    /// The producer gives up after the timeout by itself; this is for what never comes back from it.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Emitter<ProducerRecord<byte[], byte[]>> emitter;
    private final KafkaState kafka;
    private final PublishSettings settings;
    private final String topic;
    private final Timer timer;

    ImagePublisher(
            @Channel("images") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<ProducerRecord<byte[], byte[]>> emitter,
            KafkaState kafka,
            PublishSettings settings,
            Topics topics,
            MeterRegistry metrics) {
        this.emitter = emitter;
        this.kafka = kafka;
        this.settings = settings;
        this.topic = topics.images();
        this.timer = Timer.builder("caracal.ingest.publish")
                .description("From handing an image to the producer to Kafka's answer")
                .publishPercentileHistogram()
                .register(metrics);
    }

    /// Does not block. The stage always completes with a value, a second after the timeout at the latest.
    public CompletionStage<Delivery> publish(ImageEvent event) {
        Optional<String> problem = kafka.problem();
        if (problem.isPresent()) {
            return CompletableFuture.completedStage(new Delivery.Unavailable(problem.get()));
        }
        Timer.Sample sample = Timer.start();
        var delivery = new CompletableFuture<Delivery>();
        var message = Message.of(
                event.toRecord(topic),
                () -> {
                    delivery.complete(new Delivery.Acknowledged());
                    return CompletableFuture.completedStage(null);
                },
                failure -> {
                    delivery.complete(notDelivered(failure));
                    return CompletableFuture.completedStage(null);
                });
        try {
            emitter.send(message);
        } catch (IllegalStateException e) {
            // The buffer is full, or the service is stopping.
            delivery.complete(new Delivery.Unavailable("too many images wait for Kafka"));
        }
        return delivery.completeOnTimeout(
                        new Delivery.Unavailable("Kafka did not answer in time"),
                        settings.timeout().plus(GRACE).toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((result, failure) -> sample.stop(timer));
    }

    private Delivery notDelivered(Throwable failure) {
        if (failure instanceof RecordTooLargeException) {
            return new Delivery.TooLarge("topic " + topic + " takes no record of this size");
        }
        String message = "Kafka did not take the image: " + failure.getMessage();
        kafka.failed(message);
        return new Delivery.Unavailable(message);
    }
}
