package io.caracal.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LatestPerRunTest {
    private final List<TrainingEvent> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> answers = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final LatestPerRun latest = new LatestPerRun(
            event -> {
                sent.add(event);
                answers.add(new CompletableFuture<>());
                return answers.getLast();
            },
            Duration.ofSeconds(1),
            later::add);

    private void arrived() {
        answers.getLast().complete(null);
    }

    private void failed() {
        answers.getLast().completeExceptionally(new IllegalStateException("Kafka is away"));
    }

    @Test
    void progressIsSentOnceASecond() {
        // When
        for (int step = 0; step < 30; step++) {
            latest.changed(Results.step("a", step, step * 100L));
            arrived();
        }

        // Then
        assertThat(sent.stream().map(event -> event.progress().orElseThrow().step()))
                .containsExactly(0, 10, 20);
    }

    @Test
    void changeOfStateIsSentAtOnce() {
        // Given
        latest.changed(Results.event("a", State.QUEUED));
        arrived();
        latest.changed(Results.step("a", 1, 0));
        arrived();

        // When
        latest.changed(Results.event("a"));

        // Then
        assertThat(sent.stream().map(TrainingEvent::state))
                .containsExactly(State.QUEUED, State.TRAINING, State.SUCCEEDED);
    }

    @Test
    void whileOneIsUnderWayOnlyTheLatestOfEachRunWaits() {
        // Given
        latest.changed(Results.event("a", State.QUEUED));
        latest.changed(Results.step("a", 1, 0));
        latest.changed(Results.event("b", State.QUEUED));
        latest.changed(Results.event("a"));

        // When
        arrived();
        arrived();

        // Then
        assertThat(sent.stream().map(event -> event.run() + " " + event.state()))
                .containsExactly("a QUEUED", "a SUCCEEDED", "b QUEUED");
    }

    @Test
    void whatDidNotArriveIsSentAgain() {
        // Given
        latest.changed(Results.event("a"));

        // When
        failed();
        later.remove().run();

        // Then
        assertThat(sent).containsExactly(Results.event("a"), Results.event("a"));
    }

    @Test
    void whatDidNotArriveIsNotSentAfterSomethingNewer() {
        // Given
        latest.changed(Results.event("a", State.QUEUED));
        latest.changed(Results.event("a"));

        // When
        failed();
        later.remove().run();
        arrived();

        // Then
        assertThat(sent.stream().map(TrainingEvent::state)).containsExactly(State.QUEUED, State.SUCCEEDED);
    }

    @Test
    void closedItSendsNothing() {
        // Given
        latest.close();

        // When
        latest.changed(Results.event("a"));

        // Then
        assertThat(sent).isEmpty();
    }
}
