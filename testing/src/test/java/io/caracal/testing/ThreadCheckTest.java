package io.caracal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadCheckTest {

    @Test
    void namesTheThreadsThatWereStartedSinceAndStillRun() throws Exception {
        // Given
        var end = new CountDownLatch(1);
        try (var check = ThreadCheck.of("leaky-")) {

            // When
            Thread thread = Thread.ofPlatform().name("leaky-1").start(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            var left = check.left();
            end.countDown();
            thread.join();

            // Then
            assertThat(left).containsExactly("leaky-1");
            assertThat(check.left()).isEmpty();
        }
    }
}
