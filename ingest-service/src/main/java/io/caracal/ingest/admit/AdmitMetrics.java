package io.caracal.ingest.admit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import jakarta.inject.Singleton;

/// Counts images by what became of them.
@Singleton
final class AdmitMetrics {
    private final MeterRegistry registry;
    private final DistributionSummary size;

    AdmitMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.size = DistributionSummary.builder("caracal.ingest.image")
                .baseUnit(BaseUnits.BYTES)
                .description("Size of the images that Kafka has taken")
                .register(registry);
    }

    Receipt count(Upload upload, Receipt receipt) {
        if (receipt instanceof Receipt.Accepted) {
            size.record(upload.bytes().length);
        }
        String outcome =
                switch (receipt) {
                    case Receipt.Accepted accepted -> "accepted";
                    case Receipt.Refused refused -> refused.reason().code();
                    case Receipt.Unavailable unavailable -> "unavailable";
                };
        registry.counter("caracal.ingest.images", "outcome", outcome).increment();
        return receipt;
    }
}
