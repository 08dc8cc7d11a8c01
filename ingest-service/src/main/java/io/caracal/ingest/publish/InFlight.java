package io.caracal.ingest.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The bytes of all images that are in memory, bounded. Whoever is about to read an image reserves its size first and
/// gives it back when Kafka has acknowledged it.
@Singleton
public final class InFlight {
    private final PublishSettings settings;
    private final Semaphore free;

    private final Counter busy;

    InFlight(PublishSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.free = new Semaphore(settings.inFlightBytes(), true);
        this.busy = Counter.builder("caracal.ingest.busy")
                .description("Images turned away because too many bytes were in flight")
                .register(metrics);
        Gauge.builder("caracal.ingest.in.flight", this, InFlight::bytes)
                .baseUnit(BaseUnits.BYTES)
                .description("Of images in memory, from the first byte read to Kafka's acknowledgement")
                .register(metrics);
    }

    /// Waits for room no longer than the setting allows; first come, first served.
    ///
    /// @return empty if there was none in that time
    public Optional<Reservation> reserve(int bytes) throws InterruptedException {
        if (!free.tryAcquire(bytes, settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            busy.increment();
            return Optional.empty();
        }
        return Optional.of(new Reservation(bytes));
    }

    public int bytes() {
        return settings.inFlightBytes() - free.availablePermits();
    }

    /// Room for one image. Closing it more than once gives nothing back twice.
    public final class Reservation implements AutoCloseable {
        private final AtomicInteger held;

        private Reservation(int bytes) {
            this.held = new AtomicInteger(bytes);
        }

        /// Gives back what turned out not to be needed.
        public void shrinkTo(int bytes) {
            int before = held.getAndUpdate(now -> Math.min(now, bytes));
            free.release(Math.max(0, before - bytes));
        }

        @Override
        public void close() {
            free.release(held.getAndSet(0));
        }
    }
}
