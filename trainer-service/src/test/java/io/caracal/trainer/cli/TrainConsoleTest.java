package io.caracal.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.datasets.Example;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainConsoleTest {

    @Test
    void picturesWithSeveralLabelsAreNamedButNotAllOfMany() {
        // Given
        List<List<Example>> groups = IntStream.range(0, 6)
                .mapToObj(i -> List.of(new Example(i + ".jpg", "cat"), new Example(i + "b.jpg", "dog")))
                .toList();
        var out = new StringWriter();
        var console = new TrainConsole(new PrintWriter(out), false, () -> false);

        // When
        console.contradictions(groups);

        // Then
        assertThat(out.toString().lines())
                .hasSize(6)
                .startsWith("labels  one picture with several labels: 0.jpg (cat), 0b.jpg (dog)")
                .endsWith("labels  and 1 more");
    }
}
