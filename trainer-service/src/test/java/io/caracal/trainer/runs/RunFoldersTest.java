package io.caracal.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.datasets.Cleaning;
import io.caracal.datasets.Selection;
import io.caracal.datasets.Split;
import io.caracal.trainer.models.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersTest {
    @TempDir
    Path folder;

    private RunFolders folders(int resumable) throws IOException {
        return RunFolders.open(folder, new RunFolders.Limits(10, resumable));
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void planSurvivesTheDisk() throws IOException {
        // Given
        var plan = new RunPlan(
                "toy",
                folder.resolve("ph otos.zip"),
                new Selection(Cleaning.JFIF512, OptionalInt.of(50), Split.Mode.STRATIFIED, 9_000_000_000L),
                new Recipe("vit-ti-16", 3, 8, 1e-3f, 9_000_000_000L)
                        .with("optimizer", Map.of("rule", "adamw", "weightDecay", .05))
                        .with("schedule.shape", "cosine")
                        .with("augmentation.mixup", .8),
                Map.of("attention", "local", "image-size", "64"));
        folders(8).keep("a", plan);

        // When
        RunFolders restarted = folders(8);

        // Then
        assertThat(restarted.plan("a")).contains(plan);
        assertThat(restarted.plan("b")).isEmpty();
        assertThat(restarted.checkpoints("a").everySteps()).isEqualTo(10);
    }

    @Test
    void latestOnesAndThoseThatLiveAreKept() throws IOException {
        // Given
        RunFolders folders = folders(2);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            folders.keep(id, Plans.any());
            Path checkpoint = Files.createDirectories(folders.checkpoints(id).folder());
            Files.writeString(checkpoint.resolve("checkpoint.safetensors"), "weights");
        }

        // When
        folders.forgetOldest(Set.of("a"));

        // Then
        assertThat(kept()).containsExactly("a", "d", "e");
    }

    /// One that was submitted first may be the one that has come farthest.
    @Test
    void runsThatWereWorkedOnLastAreKept() throws IOException {
        // Given a run that is long, and two after it that were cancelled while they waited
        RunFolders folders = folders(1);
        for (String id : List.of("a", "b", "c")) {
            folders.keep(id, Plans.any());
        }
        Path checkpoint = Files.createDirectories(folders.checkpoints("a").folder());
        Path weights = Files.writeString(checkpoint.resolve("checkpoint.safetensors"), "weights");
        Files.setLastModifiedTime(weights, FileTime.from(Instant.now().plusSeconds(60)));

        // When
        folders.forgetOldest(Set.of());

        // Then
        assertThat(kept()).containsExactly("a");
    }

    @Test
    void runThatBeganLastIsKeptWithoutACheckpointToo() throws IOException {
        // Given three runs that were submitted, of which the first begins last
        RunFolders folders = folders(1);
        for (String id : List.of("a", "b", "c")) {
            folders.keep(id, Plans.any());
        }
        folders.begin("a", Instant.now().plusSeconds(60));

        // When
        folders.forgetOldest(Set.of());

        // Then
        assertThat(kept()).containsExactly("a");
    }

    @Test
    void planOfAnotherVersionIsToldInOneLine() throws IOException {
        // Given
        Files.writeString(Files.createDirectory(folder.resolve("a")).resolve("plan.json"), "{\"recipe\": 3}");

        // When, Then
        assertThatThrownBy(() -> folders(8).plan("a"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the plan of run a cannot be read: ")
                .message()
                .hasLineCount(1);
    }
}
