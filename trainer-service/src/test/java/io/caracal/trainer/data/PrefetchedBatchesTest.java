package io.caracal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.fit.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrefetchedBatchesTest {
    private static final int PREFETCH = 3;

    private final BatchBuffers buffers = new BatchBuffers(8, PREFETCH + 1);
    private final List<CompletableFuture<LoadedBatch>> begun = new ArrayList<>();
    private boolean stopped;

    @AfterEach
    void nothingIsLent() {
        assertThat(buffers.lent()).isZero();
        buffers.close();
    }

    private PrefetchedBatches batches(int steps) {
        return new PrefetchedBatches(this::begin, () -> stopped = true, Optional::empty, 0, steps, steps, PREFETCH);
    }

    private Future<LoadedBatch> begin(int step) {
        var future = new CompletableFuture<LoadedBatch>();
        begun.add(future);
        return future;
    }

    /// A batch whose labels are the step's number.
    private LoadedBatch loaded(int... labels) {
        return new LoadedBatch(buffers, buffers.lend(), labels, 1, Optional.empty());
    }

    private static List<Integer> firstLabels(PrefetchedBatches batches) throws InterruptedException {
        List<Integer> labels = new ArrayList<>();
        for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
            try (Batch batch = next.get()) {
                labels.add(batch.labels()[0]);
            }
        }
        return labels;
    }

    @Test
    void comeInTheirOrderWhateverIsLoadedFirst() throws InterruptedException {
        // Given three batches of which the last is loaded first
        try (PrefetchedBatches batches = new PrefetchedBatches(
                step -> {
                    begun.add(new CompletableFuture<>());
                    if (begun.size() == 3) {
                        begun.get(2).complete(loaded(2));
                        begun.get(1).complete(loaded(1));
                        begun.get(0).complete(loaded(0));
                    }
                    return begun.getLast();
                },
                () -> {},
                Optional::empty,
                0,
                3,
                3,
                PREFETCH)) {

            // When
            List<Integer> labels = firstLabels(batches);

            // Then
            assertThat(labels).containsExactly(0, 1, 2);
        }
    }

    @Test
    void noMoreAreLoadedAheadThanAllowed() throws InterruptedException {
        // Given
        try (PrefetchedBatches batches = new PrefetchedBatches(
                step -> {
                    begun.add(CompletableFuture.completedFuture(loaded(step)));
                    return begun.getLast();
                },
                () -> {},
                Optional::empty,
                0,
                100,
                100,
                PREFETCH)) {

            // When
            Batch batch = batches.next().orElseThrow();

            // Then one is in use and three are ahead
            assertThat(begun).hasSize(1 + PREFETCH);
            batch.close();
        }
    }

    @Test
    void batchWithoutImagesIsPassedOver() throws InterruptedException {
        // Given
        try (PrefetchedBatches batches = new PrefetchedBatches(
                step -> CompletableFuture.completedFuture(step == 1 ? loaded() : loaded(step)),
                () -> {},
                Optional::empty,
                0,
                3,
                3,
                PREFETCH)) {

            // When
            List<Integer> labels = firstLabels(batches);

            // Then
            assertThat(labels).containsExactly(0, 2);
        }
    }

    @Test
    void passWithoutAnyImageIsAnError() {
        // Given
        try (PrefetchedBatches batches = new PrefetchedBatches(
                step -> CompletableFuture.completedFuture(loaded()),
                () -> {},
                () -> Optional.of(new DataException("nothing to see")),
                0,
                2,
                2,
                PREFETCH)) {

            // When, Then
            assertThatThrownBy(batches::next).isInstanceOf(DataException.class).hasMessage("nothing to see");
        }
    }

    @Test
    void failureOfALoadingThreadReachesTheUser() {
        // Given
        var failure = new DataException("broken");
        try (PrefetchedBatches batches = batches(1)) {
            CompletableFuture<Void> failing = CompletableFuture.runAsync(() -> {
                while (begun.isEmpty()) {
                    Thread.onSpinWait();
                }
                begun.getFirst().completeExceptionally(failure);
            });

            // When, Then
            assertThatThrownBy(batches::next).isSameAs(failure);
            failing.join();
        }
    }

    @Test
    void oneBatchIsOpenAtATime() throws InterruptedException {
        // Given
        try (PrefetchedBatches batches = new PrefetchedBatches(
                        step -> CompletableFuture.completedFuture(loaded(step)),
                        () -> {},
                        Optional::empty,
                        0,
                        2,
                        2,
                        PREFETCH);
                Batch open = batches.next().orElseThrow()) {

            // When, Then
            assertThat(open.size()).isEqualTo(1);
            assertThatThrownBy(batches::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("still open");
        }
    }

    @Test
    void closingEarlyStopsLoadingAndGivesEveryBufferBack() throws InterruptedException {
        // Given
        PrefetchedBatches batches = new PrefetchedBatches(
                step -> CompletableFuture.completedFuture(loaded(step)),
                () -> stopped = true,
                Optional::empty,
                0,
                100,
                100,
                PREFETCH);
        batches.next().orElseThrow().close();

        // When
        batches.close();
        batches.close();

        // Then
        assertThat(stopped).isTrue();
        assertThat(buffers.lent()).isZero();
        assertThatThrownBy(batches::next).isInstanceOf(IllegalStateException.class);
    }
}
