package io.caracal.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void countsEveryImageOnce() {
        // Given
        send("right", 0);
        send("wrong", 10);
        send("rejected", 20);
        tally.outcome("right", Optional.of("gear"), 1_000_000_000);
        tally.outcome("wrong", Optional.of("bearing"), 1_500_000_000);
        tally.outcome("rejected", Optional.empty(), 2_000_000_000);

        // When
        Tally.Counts counts = tally.counts();

        // Then
        assertThat(counts).isEqualTo(new Tally.Counts(3, 2, 1, 0, 0, 0.5, Duration.ofSeconds(2)));
        assertThat(counts.imagesPerSecond()).isEqualTo(1.5);
    }

    @Test
    void anAcknowledgedImageWithoutOutcomeIsLost() {
        // Given
        send("lost", 0);
        tally.sending("under way", "gear", 0);

        // When
        Tally.Counts counts = tally.counts();

        // Then what nobody has acknowledged is not lost yet
        assertThat(counts.sent()).isEqualTo(1);
        assertThat(counts.lost()).isEqualTo(1);
        assertThat(counts.accuracy()).isZero();
        assertThat(counts.imagesPerSecond()).isZero();
    }

    @Test
    void aSecondOutcomeIsADuplicateAndChangesNothingElse() {
        // Given
        send("twice", 0);
        boolean first = tally.outcome("twice", Optional.of("gear"), 5);

        // When
        boolean second = tally.outcome("twice", Optional.of("bearing"), 9);

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(tally.counts()).isEqualTo(new Tally.Counts(1, 1, 0, 0, 1, 1, Duration.ofNanos(5)));
    }

    @Test
    void outcomesOfOtherStreamsAreNotOurs() {
        // Given
        send("ours", 0);

        // When
        boolean counted = tally.outcome("theirs", Optional.of("gear"), 5);

        // Then
        assertThat(counted).isFalse();
        assertThat(tally.counts().predictions()).isZero();
        assertThat(tally.counts().duplicated()).isZero();
    }

    @Test
    void anOutcomeMayComeBeforeTheAcknowledgement() {
        // Given
        tally.sending("quick", "gear", 0);
        tally.outcome("quick", Optional.of("gear"), 5);

        // When
        tally.acknowledged("quick");

        // Then
        assertThat(tally.counts()).isEqualTo(new Tally.Counts(1, 1, 0, 0, 0, 1, Duration.ofNanos(5)));
    }

    @Test
    void aRefusalAtTheDoorIsARejection() {
        // Given
        tally.sending("text", "gear", 0);

        // When
        tally.refused("text", 5);

        // Then
        assertThat(tally.counts()).isEqualTo(new Tally.Counts(1, 0, 1, 0, 0, 0, Duration.ofNanos(5)));
    }

    @Test
    void whatWasGivenUpCountsOnlyIfItArrivedAllTheSame() {
        // Given
        tally.sending("never", "gear", 0);
        tally.sending("arrived", "gear", 0);
        tally.outcome("arrived", Optional.of("gear"), 5);

        // When
        boolean neverOff = tally.unsent("never");
        boolean arrivedOff = tally.unsent("arrived");

        // Then
        assertThat(neverOff).isTrue();
        assertThat(arrivedOff).isFalse();
        assertThat(tally.counts().sent()).isEqualTo(1);
        assertThat(tally.counts().lost()).isZero();
    }

    @Test
    void percentilesAreNearestRank() {
        // Given 1 to 200 ms, and more than the first array holds in all
        var latencies = new Latencies();
        LongStream.rangeClosed(1, 2000).map(i -> (i + 9) / 10 * 1_000_000).forEach(latencies::add);

        // When
        Latencies.Percentiles percentiles = latencies.percentiles();

        // Then
        assertThat(percentiles).isEqualTo(new Latencies.Percentiles(100, 198));
        assertThat(new Latencies().percentiles()).isEqualTo(new Latencies.Percentiles(0, 0));
    }

    private void send(String id, long at) {
        tally.sending(id, "gear", at);
        tally.acknowledged(id);
    }
}
