package io.caracal.ingest.admit;

import io.caracal.contracts.ImageEvent;
import io.caracal.contracts.RejectionReason;
import io.caracal.imaging.HeaderProbe;
import io.caracal.imaging.ImageHeader;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Probe;
import io.caracal.imaging.Refusal;
import io.caracal.ingest.publish.Delivery;
import io.caracal.ingest.publish.ImagePublisher;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The door that every image comes through, whatever its source: looked at, then published.
@Singleton
public final class Intake {
    private final Limits limits;
    private final HeaderProbe probe;
    private final RecentIds recentIds;
    private final ImagePublisher publisher;
    private final AdmitMetrics metrics;

    Intake(AdmitSettings settings, RecentIds recentIds, ImagePublisher publisher, AdmitMetrics metrics) {
        this.metrics = metrics;
        this.limits = settings.limits();
        this.probe = new HeaderProbe(limits);
        this.recentIds = recentIds;
        this.publisher = publisher;
    }

    /// No image has more bytes; a source need not read further.
    public int maxBytes() {
        return limits.maxBytes();
    }

    /// Does not block. The stage always completes with a value, and with `Accepted` only after Kafka has the image.
    public CompletionStage<Receipt> take(Upload upload) {
        return decide(upload).thenApply(receipt -> metrics.count(upload, receipt));
    }

    private CompletionStage<Receipt> decide(Upload upload) {
        return switch (probe.probe(upload.bytes())) {
            case Refusal refusal -> CompletableFuture.completedStage(Receipt.Refused.of(refusal));
            case Probe.Image(ImageHeader header) ->
                upload.id()
                        .map(id -> recentIds.once(upload.source(), id, () -> publish(upload, id, header)))
                        .orElseGet(() -> publish(upload, UUID.randomUUID().toString(), header));
        };
    }

    private CompletionStage<Receipt> publish(Upload upload, String id, ImageHeader header) {
        var event = new ImageEvent(
                id,
                upload.source(),
                upload.ordered() ? Optional.of(upload.source()) : Optional.empty(),
                Optional.of(header.format().mediaType()),
                upload.time(),
                upload.bytes());
        return publisher.publish(event).thenApply(delivery -> receipt(id, delivery));
    }

    private static Receipt receipt(String id, Delivery delivery) {
        return switch (delivery) {
            case Delivery.Acknowledged() -> new Receipt.Accepted(id);
            case Delivery.TooLarge(String message) -> new Receipt.Refused(RejectionReason.TOO_MANY_BYTES, message);
            case Delivery.Unavailable(String message) -> new Receipt.Unavailable(message);
        };
    }
}
