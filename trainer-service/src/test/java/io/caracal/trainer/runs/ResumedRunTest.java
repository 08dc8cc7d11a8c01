package io.caracal.trainer.runs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import io.caracal.trainer.data.Loading;
import io.caracal.trainer.data.TestImages;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.release.FolderModelStore;
import io.caracal.trainer.release.Publication;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Trainers one after the other, as a service that is started again.
@ExtendWith(ComputeExtension.class)
class ResumedRunTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EPOCHS = 4;

    @TempDir
    Path folder;

    private final Compute compute;
    private Path data;

    ResumedRunTest(Compute compute) {
        this.compute = compute;
    }

    @BeforeEach
    void open() throws IOException {
        data = TestImages.folder(Files.createDirectory(folder.resolve("photos")), 40);
    }

    /// What a trainer has that is started with this folder.
    private RunQueue start(RunJournal journal, RunObserver observer) throws IOException {
        InstantSource clock = InstantSource.system();
        var training = new TrainingRun(new Presets(), compute, Loading.DEFAULTS, Optional.empty());
        var publication = new Publication(FolderModelStore.open(folder.resolve("store")), model -> {}, clock);
        return new RunQueue(
                new TrainAndPublish(training, publication),
                RunFolders.open(folder.resolve("checkpoints"), new RunFolders.Limits(1, 8)),
                journal.and(observer),
                journal.recover(clock).stream().map(RunJournal.Past::event).toList(),
                RunQueue.Limits.DEFAULTS,
                clock,
                new Random());
    }

    private RunJournal journal() throws IOException {
        return RunJournal.open(folder.resolve("runs"), 10);
    }

    private String submitted(RunQueue queue) {
        return switch (queue.submit(Plans.of(data, EPOCHS))) {
            case Submission.Accepted(TrainingEvent event) -> event.run();
            case Submission.Full full -> throw new AssertionError(full);
        };
    }

    private static TrainingEvent finished(RunQueue queue, String id) {
        await().atMost(PATIENCE)
                .until(() -> Run.ended(queue.find(id).orElseThrow().state()));
        return queue.find(id).orElseThrow();
    }

    /// The file but for its version, which is the run.
    private static String model(TrainingEvent event) throws IOException {
        assertThat(event.state()).as("%s", event.failure()).isEqualTo(State.SUCCEEDED);
        byte[] onnx =
                Files.readAllBytes(Path.of(event.result().orElseThrow().model().uri()));
        return new String(onnx, ISO_8859_1).replace(event.run(), "RUN");
    }

    @Test
    void runOfATrainerThatStoppedGoesOnToTheSameModel() throws Exception {
        // Given a run without a break, and one whose trainer stops in the middle of an epoch
        String whole;
        String interrupted;
        try (RunJournal journal = journal();
                RunQueue queue = start(journal, event -> {})) {
            whole = submitted(queue);
            finished(queue, whole);
        }
        var middle = new CountDownLatch(1);
        try (RunJournal journal = journal();
                RunQueue queue = start(journal, event -> {
                    if (event.progress()
                            .filter(at -> at.epoch() == 2 && at.step() == 2)
                            .isPresent()) {
                        middle.countDown();
                    }
                })) {
            interrupted = submitted(queue);
            assertThat(middle.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        // When
        try (RunJournal journal = journal();
                RunQueue queue = start(journal, event -> {})) {
            State before = queue.find(interrupted).orElseThrow().state();
            Resumption resumption = queue.resume(interrupted);
            TrainingEvent end = finished(queue, interrupted);

            // Then
            assertThat(before).isEqualTo(State.INTERRUPTED);
            assertThat(resumption).isInstanceOf(Resumption.Accepted.class);
            assertThat(model(end)).isEqualTo(model(queue.find(whole).orElseThrow()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(List.of(whole, interrupted))
                            .noneMatch(id ->
                                    Files.exists(folder.resolve("checkpoints").resolve(id))));
        }
    }
}
