package io.caracal.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.datasets.ImageSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DisplayTest {

    @Test
    void plainLinesComeNowAndThenAndWithoutControlCharacters() {
        // Given
        var written = new ByteArrayOutputStream();
        var clock = new AtomicLong();
        var display = new PlainDisplay(new PrintStream(written, true, UTF_8), clock::get);

        // When
        try (Display.Meter meter = display.meter("Training", 10)) {
            meter.at(1, "loss 0.9");
            clock.addAndGet(TimeUnit.SECONDS.toNanos(5));
            meter.at(2, "loss 0.8");
            meter.at(3, "loss 0.7");
            meter.at(10, "loss 0.1");
        }

        // Then the one that was due, and the last
        assertThat(written.toString(UTF_8).lines())
                .containsExactly("Training 2/10  loss 0.8", "Training 10/10  loss 0.1");
        assertThat(written.toString(UTF_8)).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f]");
    }

    @Test
    void skippedFilesAreCountedByReasonAndTheFirstNamed() {
        // Given
        List<ImageSet.Skipped> skipped = List.of(
                new ImageSet.Skipped("a", "empty file"),
                new ImageSet.Skipped("b", "junk"),
                new ImageSet.Skipped("c", "empty file"),
                new ImageSet.Skipped("d", "empty file"),
                new ImageSet.Skipped("e", "empty file"));

        // When
        String summary = Skipped.summary(skipped);

        // Then
        assertThat(summary).isEqualTo("5 files: empty file (a, c, d and 1 more), junk (b)");
    }
}
