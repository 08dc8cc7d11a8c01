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
                .mapToObj(i -> List.of(new Example("Cat/" + i + ".jpg", "Cat"), new Example("Dog/" + i + ".jpg", "Dog")))
                .toList();
        var out = new StringWriter();
        var console = new TrainConsole(new PrintWriter(out), false, () -> false);

        // When
        console.contradictions(groups);

        // Then
        assertThat(out.toString().lines())
                .hasSize(6)
                .startsWith("labels  one picture with several labels: Cat/0.jpg, Dog/0.jpg")
                .endsWith("labels  and 1 more");
    }
}
