package io.caracal.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import io.caracal.testing.ThreadCheck;
import io.caracal.trainer.data.DataException;
import io.caracal.trainer.fit.Checkpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunQueueTest {
    private static final String SUCCEED = "succeed";
    private static final String FAIL = "fail";
    private static final String BREAK = "break";

    private final List<TrainingEvent> observed = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicLong time = new AtomicLong();

    @TempDir
    Path folder;

    private ThreadCheck threads;
    private RunQueue queue;

    @BeforeEach
    void open() {
        threads = ThreadCheck.of("caracal-training");
        queue = queue(List.of(), new RunQueue.Limits(2, 3));
    }

    @AfterEach
    void close() {
        queue.close();
        threads.close();
    }

    private RunQueue queue(List<TrainingEvent> past, RunQueue.Limits limits) {
        InstantSource clock = () -> Instant.ofEpochMilli(time.incrementAndGet());
        return new RunQueue(this::work, folders(), observed::add, past, limits, clock, new Random(1));
    }

    private RunFolders folders() {
        try {
            return RunFolders.open(folder, RunFolders.Limits.DEFAULTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Does what the next order says; until there is one, it waits or is cancelled.
    private Optional<TrainingEvent.Result> work(String id, RunPlan plan, Checkpoints checkpoints, RunListener listener)
            throws Exception {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            String order = null;
            while (order == null && !listener.cancelled()) {
                order = orders.poll(10, TimeUnit.MILLISECONDS);
            }
            return switch (order) {
                case null -> Optional.empty();
                case SUCCEED -> Optional.of(Results.any());
                case FAIL -> throw new DataException("the data is bad");
                default -> throw new IllegalStateException("the program is broken");
            };
        } finally {
            underWay.decrementAndGet();
        }
    }

    private String submitted() {
        return switch (queue.submit(Plans.any())) {
            case Submission.Accepted(TrainingEvent event) -> event.run();
            case Submission.Full full -> throw new AssertionError(full);
        };
    }

    private State state(String id) {
        return queue.find(id).orElseThrow().state();
    }

    private void awaitState(String id, State state) {
        await().until(() -> state(id) == state);
    }

    @Test
    void oneRunsAtATimeInTheOrderTheyCame() {
        // Given
        String first = submitted();
        String second = submitted();
        awaitState(first, State.TRAINING);
        assertThat(state(second)).isEqualTo(State.QUEUED);

        // When
        orders.add(SUCCEED);
        awaitState(first, State.SUCCEEDED);
        orders.add(SUCCEED);

        // Then
        awaitState(second, State.SUCCEEDED);
        assertThat(mostUnderWay).hasValue(1);
        assertThat(observed.stream()
                        .filter(event -> event.state() != State.QUEUED)
                        .map(event -> event.run() + " " + event.state()))
                .containsExactly(
                        first + " TRAINING", first + " SUCCEEDED", second + " TRAINING", second + " SUCCEEDED");
        assertThat(queue.all().stream().map(TrainingEvent::run)).containsExactly(second, first);
    }

    @Test
    void failureIsOneLineAndTheNextRunGoesOn() {
        // Given
        String bad = submitted();
        String broken = submitted();
        orders.add(FAIL);
        orders.add(BREAK);
        awaitState(broken, State.FAILED);

        // When
        String good = submitted();
        orders.add(SUCCEED);

        // Then
        awaitState(good, State.SUCCEEDED);
        assertThat(queue.find(bad).orElseThrow().failure()).contains("the data is bad");
        assertThat(queue.find(broken).orElseThrow().failure())
                .contains("internal error: IllegalStateException: the program is broken");
    }

    @Test
    void moreThanMayWaitAreRefused() {
        // Given one under way and two that wait
        awaitState(submitted(), State.TRAINING);
        submitted();
        submitted();

        // When
        Submission third = queue.submit(Plans.any());

        // Then
        assertThat(third).isEqualTo(new Submission.Full(2));
        assertThat(queue.all()).hasSize(3);
    }

    @Test
    void runThatWaitsIsCancelledAtOnceAndMakesRoom() {
        // Given
        awaitState(submitted(), State.TRAINING);
        String waiting = submitted();
        submitted();

        // When
        Cancellation cancellation = queue.cancel(waiting);

        // Then
        assertThat(cancellation).isInstanceOf(Cancellation.Accepted.class);
        assertThat(state(waiting)).isEqualTo(State.CANCELLED);
        assertThat(queue.submit(Plans.any())).isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void runThatIsUnderWayEndsCancelled() {
        // Given
        String run = submitted();
        awaitState(run, State.TRAINING);

        // When
        queue.cancel(run);

        // Then
        awaitState(run, State.CANCELLED);
        await().until(() -> queue.cancel(run) instanceof Cancellation.EndedBefore);
        assertThat(queue.cancel("unknown")).isEqualTo(new Cancellation.Unknown());
    }

    @Test
    void followerSeesWhereItStandsAndThenEveryChange() {
        // Given
        String run = submitted();
        awaitState(run, State.TRAINING);
        List<State> seen = new CopyOnWriteArrayList<>();

        // When
        queue.follow(run, event -> seen.add(event.state()));
        orders.add(SUCCEED);

        // Then
        await().untilAsserted(() -> assertThat(seen).containsExactly(State.TRAINING, State.SUCCEEDED));
    }

    @Test
    void followerOfAnEndedRunSeesItsEnd() {
        // Given
        String run = submitted();
        orders.add(SUCCEED);
        awaitState(run, State.SUCCEEDED);
        List<State> seen = new ArrayList<>();

        // When
        Optional<Runnable> stop = queue.follow(run, event -> seen.add(event.state()));

        // Then
        assertThat(stop).isPresent();
        assertThat(seen).containsExactly(State.SUCCEEDED);
        assertThat(queue.follow("unknown", event -> {})).isEmpty();
    }

    @Test
    void onlyTheLastEndedRunsAreRemembered() {
        // Given four runs of earlier, three of which are remembered
        List<TrainingEvent> past =
                List.of(Results.event("1"), Results.event("2"), Results.event("3"), Results.event("4"));

        // When
        try (RunQueue remembering = queue(past, new RunQueue.Limits(2, 3))) {

            // Then
            assertThat(remembering.all().stream().map(TrainingEvent::run)).containsExactly("4", "3", "2");
        }
    }

    @Test
    void runThatWasCancelledGoesOnUnderItsId() throws IOException {
        // Given
        String run = submitted();
        awaitState(run, State.TRAINING);
        queue.cancel(run);
        await().until(() -> queue.cancel(run) instanceof Cancellation.EndedBefore);

        // When
        Resumption resumption = queue.resume(run);
        orders.add(SUCCEED);

        // Then
        assertThat(resumption)
                .isInstanceOfSatisfying(
                        Resumption.Accepted.class,
                        accepted -> assertThat(accepted.event().state()).isEqualTo(State.QUEUED));
        awaitState(run, State.SUCCEEDED);
        assertThat(observed.stream().map(TrainingEvent::state))
                .containsExactly(
                        State.QUEUED, State.TRAINING, State.CANCELLED, State.QUEUED, State.TRAINING, State.SUCCEEDED);
    }

    /// Whoever follows the run may ask before the thread that ended it has left it.
    @Test
    void runCanBeResumedAsSoonAsItsEndIsTold() {
        // Given
        List<Resumption> resumptions = new CopyOnWriteArrayList<>();
        AtomicReference<RunQueue> told = new AtomicReference<>();
        InstantSource clock = () -> Instant.ofEpochMilli(time.incrementAndGet());
        RunObserver resuming = event -> {
            observed.add(event);
            if (event.state() == State.CANCELLED) {
                try {
                    resumptions.add(told.get().resume(event.run()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        try (RunQueue resumed = new RunQueue(
                this::work, folders(), resuming, List.of(), new RunQueue.Limits(2, 3), clock, new Random(2))) {
            told.set(resumed);
            resumed.submit(Plans.any());
            String run = resumed.all().getFirst().run();
            await().until(() -> resumed.find(run).orElseThrow().state() == State.TRAINING);

            // When
            resumed.cancel(run);
            await().until(() -> !resumptions.isEmpty());
            orders.add(SUCCEED);

            // Then
            assertThat(resumptions).singleElement().isInstanceOf(Resumption.Accepted.class);
            await().until(() -> resumed.find(run).orElseThrow().state() == State.SUCCEEDED);
        }
    }

    @Test
    void runThatCannotGoOnIsRefused() throws IOException {
        // Given
        String succeeded = submitted();
        orders.add(SUCCEED);
        await().until(() -> queue.cancel(succeeded) instanceof Cancellation.EndedBefore);
        String underWay = submitted();

        // When, Then
        assertThat(queue.resume(succeeded)).isEqualTo(new Resumption.Refused("run " + succeeded + " has succeeded"));
        assertThat(queue.resume(underWay)).isEqualTo(new Resumption.Refused("run " + underWay + " has not ended"));
        assertThat(queue.resume("unknown")).isEqualTo(new Resumption.Unknown());
        assertThat(folder.resolve(succeeded)).doesNotExist();
    }

    @Test
    void stoppingInterruptsEveryRunThatHasNotEnded() {
        // Given
        String underWay = submitted();
        awaitState(underWay, State.TRAINING);
        String waiting = submitted();

        // When
        queue.close();

        // Then
        assertThat(state(underWay)).isEqualTo(State.INTERRUPTED);
        assertThat(state(waiting)).isEqualTo(State.INTERRUPTED);
        assertThat(queue.find(underWay).orElseThrow().failure()).contains("the trainer was stopped");
        assertThat(queue.find(waiting).orElseThrow().failure()).contains("the trainer was stopped");
        assertThat(queue.submit(Plans.any())).isEqualTo(new Submission.Full(0));
    }

    /// The one under way is the oldest: it has come farthest, and would be the first to be forgotten.
    @Test
    void stoppingKeepsWhatEveryInterruptedRunNeedsToGoOn() throws IOException {
        // Given one under way and one that waits, where the checkpoints of one ended run are kept
        Path store = folder.resolve("few");
        InstantSource clock = () -> Instant.ofEpochMilli(time.incrementAndGet());
        RunFolders few = RunFolders.open(store, new RunFolders.Limits(0, 1));
        RunQueue stopped = new RunQueue(
                this::work, few, observed::add, List.of(), new RunQueue.Limits(2, 3), clock, new Random(2));
        stopped.submit(Plans.any());
        await().until(() -> stopped.all().getFirst().state() == State.TRAINING);
        stopped.submit(Plans.any());

        // When
        stopped.close();

        // Then
        for (TrainingEvent run : stopped.all()) {
            assertThat(few.plan(run.run())).isPresent();
        }
        assertThat(stopped.all()).hasSize(2);
    }
}
