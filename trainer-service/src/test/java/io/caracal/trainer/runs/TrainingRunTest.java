package io.caracal.trainer.runs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.TrainingEvent;
import io.caracal.datasets.DataSetException;
import io.caracal.datasets.Example;
import io.caracal.testing.ThreadCheck;
import io.caracal.trainer.data.DataException;
import io.caracal.trainer.data.Loading;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.data.TestImages;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.StepProgress;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.release.FolderModelStore;
import io.caracal.trainer.release.Publication;
import io.caracal.trainer.release.ReleaseException;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ComputeExtension.class)
class TrainingRunTest {
    private static final int IMAGES = 40;
    private final Compute compute;

    @TempDir
    Path resumable;

    @TempDir
    Path data;

    @TempDir
    Path store;

    private final List<ModelPublished> announced = new ArrayList<>();
    private TrainingRun training;

    TrainingRunTest(Compute compute) {
        this.compute = compute;
    }

    @BeforeEach
    void draw() throws IOException {
        TestImages.folder(data, IMAGES);
        training = new TrainingRun(new Presets(), compute, Loading.DEFAULTS, Optional.of("0123abcd"));
    }

    private static class Recorder implements RunListener {
        final List<String> seen = new ArrayList<>();
        private final String cancelAt;

        private Recorder(String cancelAt) {
            this.cancelAt = cancelAt;
        }

        @Override
        public void prepared(SplitSizes sizes) {
            seen.add("prepared");
        }

        @Override
        public void contradictions(List<List<Example>> groups) {
            groups.forEach(group -> seen.add(group.stream().map(Example::entry).collect(joining(" = "))));
        }

        @Override
        public void step(StepProgress step) {
            seen.add("step");
        }

        @Override
        public void epoch(EpochResult result) {
            seen.add("epoch");
        }

        @Override
        public void exporting() {
            seen.add("exporting");
        }

        @Override
        public boolean cancelled() {
            return seen.contains(cancelAt);
        }
    }

    private static Recorder recorder() {
        return new Recorder("never");
    }

    private RunOutcome.Finished finished(RunPlan plan) throws IOException, InterruptedException {
        return (RunOutcome.Finished) training.run(plan, "v1", recorder(), Optional.empty());
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void modelComesOutTestedAndWithItsHistory() throws IOException, InterruptedException {
        // Given a damaged image and something that is none
        Files.writeString(data.resolve("cool/3.png"), "damaged");
        Files.writeString(data.resolve("cool/readme.txt"), "not an image");
        Recorder recorder = recorder();
        ThreadCheck threads = ThreadCheck.of("caracal-loader");

        // When
        RunOutcome outcome = training.run(Plans.of(data, 2), "v1", recorder, Optional.empty());

        // Then
        threads.close();
        var finished = (RunOutcome.Finished) outcome;
        assertThat(finished.sizes()).isEqualTo(new SplitSizes(25, 7, 8));
        assertThat(finished.epochs()).hasSize(2);
        assertThat(finished.skipped().stream().map(skipped -> skipped.entry()))
                .containsExactlyInAnyOrder("cool/3.png", "cool/readme.txt");
        assertThat(finished.heldOut().size()).isEqualTo(finished.model().test().images());
        assertThat(finished.model().parity().passed()).isTrue();
        assertThat(finished.model().card().name()).isEqualTo("toy");
        assertThat(finished.model().card().version()).isEqualTo("v1");
        assertThat(finished.model().card().labels()).containsExactly("cool", "warm");
        assertThat(finished.model().card().provenance())
                .containsKeys("data.sha256", "split.seed", "test.accuracy", "validation.accuracy")
                .containsEntry("revision", "0123abcd");
        assertThat(recorder.seen.stream().distinct()).containsExactly("prepared", "step", "epoch", "exporting");
    }

    private Checkpoints checkpoints(String run) {
        return new Checkpoints(resumable.resolve(run), 0);
    }

    @Test
    void sameSeedGivesTheSameModel() throws IOException, InterruptedException {
        // Given
        RunOutcome.Finished first = finished(Plans.of(data, 1));

        // When
        RunOutcome.Finished second = finished(Plans.of(data, 1));

        // Then
        assertThat(Arrays.equals(first.model().onnx(), second.model().onnx())).isTrue();
    }

    @Test
    void isCancelledWhileTheDataIsLookedThrough() throws Exception {
        // Given
        var cancelled = new Recorder("never") {
            @Override
            public boolean cancelled() {
                return true;
            }
        };

        // When
        RunOutcome outcome = training.run(Plans.of(data, 1), "v1", cancelled, Optional.empty());

        // Then
        assertThat(outcome).isEqualTo(new RunOutcome.Cancelled());
        assertThat(cancelled.seen).isEmpty();
    }

    @Test
    void cancelledRunPublishesNothing() throws Exception {
        // Given
        var work = new TrainAndPublish(
                training, new Publication(FolderModelStore.open(store), announced::add, InstantSource.system()));
        for (String step : List.of("prepared", "step", "epoch", "exporting")) {

            // When
            Optional<TrainingEvent.Result> result =
                    work.run("v1", Plans.of(data, 1), checkpoints(step), new Recorder(step));

            // Then
            assertThat(result).as("cancelled at %s", step).isEmpty();
            assertThat(stored()).isEmpty();
            assertThat(announced).isEmpty();
        }
    }

    @Test
    void onePictureWithTwoLabelsIsTold() throws Exception {
        // Given
        Files.copy(data.resolve("cool/1.png"), data.resolve("warm/copy.png"));
        Recorder recorder = new Recorder("step");

        // When
        training.run(Plans.of(data, 1), "v1", recorder, Optional.empty());

        // Then
        assertThat(recorder.seen).startsWith("prepared", "cool/1.png = warm/copy.png");
    }

    @Test
    void failedRunPublishesNothing() throws IOException {
        // Given a listener that breaks at each of its calls
        var work = new TrainAndPublish(
                training, new Publication(FolderModelStore.open(store), announced::add, InstantSource.system()));
        for (String step : List.of("prepared", "step", "epoch", "exporting")) {
            var breaking = new RunListener() {
                private void at(String call) {
                    if (call.equals(step)) {
                        throw new ReleaseException("broken at " + step);
                    }
                }

                @Override
                public void prepared(SplitSizes sizes) {
                    at("prepared");
                }

                @Override
                public void step(StepProgress progress) {
                    at("step");
                }

                @Override
                public void epoch(EpochResult result) {
                    at("epoch");
                }

                @Override
                public void exporting() {
                    at("exporting");
                }
            };

            // When
            assertThatThrownBy(() -> work.run("v1", Plans.of(data, 1), checkpoints(step), breaking))
                    .hasMessage("broken at " + step);

            // Then
            assertThat(stored()).isEmpty();
            assertThat(announced).isEmpty();
        }
    }

    @Test
    void finishedRunIsPublishedWithItsTestSplit() throws Exception {
        // Given
        var work = new TrainAndPublish(
                training, new Publication(FolderModelStore.open(store), announced::add, InstantSource.system()));

        // When
        TrainingEvent.Result result = work.run("v1", Plans.of(data, 1), checkpoints("finished"), recorder())
                .orElseThrow();

        // Then
        assertThat(announced).containsExactly(result.model());
        assertThat(store.resolve("toy/v1/test.tsv")).content().hasLineCount(8);
        assertThat(Files.size(store.resolve("toy/v1/model.onnx"))).isGreaterThan(29_600 * Float.BYTES);
    }

    @Test
    void dataThatIsNoneIsToldInOneLine() {
        // When, Then
        assertThatThrownBy(() -> finished(Plans.of(data.resolve("nowhere"), 1)))
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining("no such file or folder");
    }

    @Test
    void dataThatCannotBeDecodedIsToldInOneLine() throws IOException {
        // Given
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "no image: " + file);
            }
        }

        // When, Then
        assertThatThrownBy(() -> finished(Plans.of(data, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("25 of 25 images cannot be used");
    }
}
