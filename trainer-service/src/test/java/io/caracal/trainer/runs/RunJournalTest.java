package io.caracal.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Results.NOW.plusSeconds(60));

    @TempDir
    Path folder;

    private List<RunJournal.Past> recovered() throws IOException {
        try (RunJournal journal = RunJournal.open(folder, 10)) {
            return journal.recover(CLOCK);
        }
    }

    @Test
    void whatEndedIsKnownAgainAsItWas() throws IOException {
        // Given
        try (RunJournal journal = RunJournal.open(folder, 10)) {
            journal.changed(Results.event("a", State.QUEUED));
            journal.changed(Results.event("a"));
        }

        // When
        List<RunJournal.Past> past = recovered();

        // Then
        assertThat(past).containsExactly(new RunJournal.Past(Results.event("a"), false));
    }

    @Test
    void whatHadNotEndedIsInterrupted() throws IOException {
        // Given a process that ends while one run trains and another waits
        try (RunJournal journal = RunJournal.open(folder, 10)) {
            journal.changed(Results.event("a", State.QUEUED));
            journal.changed(Results.event("b", State.QUEUED));
            journal.changed(Results.step("a", 1, 0));
        }

        // When
        List<RunJournal.Past> past = recovered();

        // Then
        assertThat(past).allMatch(RunJournal.Past::interrupted);
        assertThat(past.stream().map(run -> run.event().state())).containsExactly(State.INTERRUPTED, State.INTERRUPTED);
        assertThat(past.stream().map(run -> run.event().failure().orElseThrow()))
                .containsExactly(
                        "the trainer stopped while the run was training",
                        "the trainer stopped while the run was queued");
        assertThat(recovered()).noneMatch(RunJournal.Past::interrupted);
    }

    @Test
    void progressIsNotWritten() throws IOException {
        // Given
        try (RunJournal journal = RunJournal.open(folder, 10)) {
            journal.changed(Results.step("a", 1, 0));
            byte[] before = Files.readAllBytes(folder.resolve("a.json"));

            // When
            journal.changed(Results.step("a", 2, 5_000));

            // Then
            assertThat(folder.resolve("a.json")).hasBinaryContent(before);
        }
    }

    @Test
    void oldestEndedRunsAreForgotten() throws IOException {
        // Given
        try (RunJournal journal = RunJournal.open(folder, 2)) {
            journal.changed(Results.event("a", State.QUEUED));

            // When
            for (String run : List.of("b", "c", "d")) {
                journal.changed(Results.event(run));
            }
        }

        // Then the one that has not ended stays
        assertThat(recovered().stream().map(run -> run.event().run())).containsExactly("a", "c", "d");
    }

    @Test
    void folderOfAnotherTrainerIsRefused() throws IOException {
        // Given
        try (RunJournal journal = RunJournal.open(folder, 10)) {

            // When, Then
            assertThatThrownBy(() -> RunJournal.open(folder, 10))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another trainer uses");
            journal.changed(Results.event("a"));
        }
    }

    @Test
    void damagedFileIsNamed() throws IOException {
        // Given
        Files.writeString(folder.resolve("a.json"), "{");

        // When, Then
        assertThatThrownBy(this::recovered).isInstanceOf(IOException.class).hasMessageContaining("a.json");
    }

    @Test
    void eventSurvivesTheDisk() throws IOException {
        // Given
        TrainingEvent event = Results.event("a");
        try (RunJournal journal = RunJournal.open(folder, 10)) {
            journal.changed(event);
        }

        // When
        TrainingEvent read = recovered().getFirst().event();

        // Then
        assertThat(read.result()).contains(Results.any());
    }
}
