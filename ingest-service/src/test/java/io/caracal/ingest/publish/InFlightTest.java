package io.caracal.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final InFlight inFlight =
            new InFlight(new PublishSettings(Duration.ofSeconds(1), 100, Duration.ZERO), metrics);

    @Test
    void givesBackWhatIsNotNeededAndTheRestOnce() throws Exception {
        // Given
        var reservation = inFlight.reserve(80).orElseThrow();

        // When
        reservation.shrinkTo(30);
        reservation.shrinkTo(50);
        int shrunk = inFlight.bytes();
        reservation.close();
        reservation.close();

        // Then
        assertThat(shrunk).isEqualTo(30);
        assertThat(inFlight.bytes()).isZero();
    }

    @Test
    void turnsAwayWhatDoesNotFit() throws Exception {
        // Given
        var reservation = inFlight.reserve(80).orElseThrow();

        // When
        var second = inFlight.reserve(21);
        var third = inFlight.reserve(20);

        // Then
        assertThat(second).isEmpty();
        assertThat(third).isPresent();
        assertThat(metrics.counter("caracal.ingest.busy").count()).isEqualTo(1);
        assertThat(inFlight.bytes()).isEqualTo(100);
        reservation.close();
    }
}
