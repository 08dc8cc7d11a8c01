package io.caracal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigValidationException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void everySettingThatIsNotAllowedHasItsLine() {
        // Given
        var problems = new ConfigValidationException.Problem[] {
            new ConfigValidationException.Problem("SRCFG00040: caracal.a is 0, allowed is 1 or more\nand a trace"),
            new ConfigValidationException.Problem("caracal.b is x, allowed is y")
        };
        Throwable failure = new RuntimeException("start failed", new ConfigValidationException(problems));

        // When
        List<String> lines = StartFailure.lines(failure);

        // Then
        assertThat(lines).containsExactly("caracal.a is 0, allowed is 1 or more", "caracal.b is x, allowed is y");
    }

    @Test
    void anythingElseIsToldByWhatIsAtItsRoot() {
        // Given
        Throwable failure = new RuntimeException(
                "start failed", new IllegalStateException(new IllegalArgumentException("top-k is 0\n\tat a.b.C")));

        // When
        List<String> lines = StartFailure.lines(failure);

        // Then
        assertThat(lines).containsExactly("top-k is 0");
    }

    @Test
    void anInputOutputFailureIsNamed() {
        // Given
        Throwable failure = new RuntimeException(new AccessDeniedException("/models"));

        // When
        List<String> lines = StartFailure.lines(failure);

        // Then
        assertThat(lines).containsExactly("AccessDeniedException: /models");
    }

    @Test
    void aFailureWithoutMessageIsNamedByItsClass() {
        // Given
        Throwable failure = new RuntimeException(new NullPointerException());

        // When
        List<String> lines = StartFailure.lines(failure);

        // Then
        assertThat(lines).containsExactly("java.lang.NullPointerException");
    }
}
