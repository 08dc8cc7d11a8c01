package io.caracal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.imaging.Filter;
import io.caracal.imaging.Preprocessing;
import io.caracal.scoring.Device;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.Batches;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.Copied;
import io.caracal.trainer.tensor.CopyAhead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a CUDA device does with each batch, on the CPU.
class CopyAheadTest {
    private static final int IMAGES = 11;
    private static final int BATCH = 4;
    private static final int SIZE = 32;

    @TempDir
    Path folder;

    @TempDir
    Path cacheFolder;

    private Compute compute;
    private Network network;
    private ImageSet set;

    @BeforeEach
    void open() throws IOException {
        compute = Compute.open(Device.CPU, 1);
        network = Network.create(new Presets().named("cct-2-3x2"), 2, compute, 1);
        set = ImageSets.open(TestImages.folder(folder, IMAGES));
    }

    @AfterEach
    void close() throws IOException {
        set.close();
        network.close();
        compute.close();
    }

    private ImageLoading loading(CopyAhead ahead) throws IOException {
        return ImageLoading.open(
                set,
                set.examples(),
                set.labels(),
                IMAGES,
                Preprocessing.squash(SIZE, SIZE, Filter.ANTIALIAS),
                new Batching(BATCH, new Loading(2, 0, cacheFolder, 2), ahead));
    }

    /// Of each batch.
    private List<float[]> logits(ImageLoading loading) throws InterruptedException {
        List<float[]> logits = new ArrayList<>();
        try (Batches batches = loading.inOrder(0, IMAGES).epoch(0)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                try (Batch batch = next.get();
                        NDManager scope = compute.newScope()) {
                    logits.add(
                            network.forward(scope, batch.input(), false).array().toFloatArray());
                }
            }
        }
        return logits;
    }

    private CopyAhead copying() {
        return pixels -> Optional.of(Copied.to(compute.newScope(), pixels));
    }

    @Test
    void networkReadsWhatWasCopied() throws IOException, InterruptedException {
        // Given black images in place of those that are loaded
        ByteBuffer black = ByteBuffer.allocateDirect(BATCH * SIZE * SIZE * 3);
        CopyAhead ahead = pixels -> Optional.of(Copied.to(compute.newScope(), black.slice(0, pixels.remaining())));
        float[][] expected = network.logits(black, BATCH);
        try (ImageLoading loading = loading(ahead)) {

            // When
            float[] first = logits(loading).getFirst();

            // Then
            assertThat(first).hasSize(2 * BATCH).startsWith(expected[0]).endsWith(expected[BATCH - 1]);
        }
    }

    @Test
    void copiedImagesScoreAsTheyDoWhereTheyAreAndLeaveNothingBehind() throws IOException, InterruptedException {
        // Given
        List<float[]> inPlace;
        try (ImageLoading loading = loading(CopyAhead.NONE)) {
            inPlace = logits(loading);
        }
        int before = compute.arrays();
        try (ImageLoading loading = loading(copying())) {

            // When
            List<float[]> copied = logits(loading);

            // Then
            assertThat(copied).hasSameSizeAs(inPlace);
            for (int i = 0; i < copied.size(); i++) {
                assertThat(copied.get(i)).isEqualTo(inPlace.get(i));
            }
        }
        assertThat(compute.arrays()).isEqualTo(before);
    }

    @Test
    void batchesThatNobodyAskedForAreFreedToo() throws IOException, InterruptedException {
        // Given
        int before = compute.arrays();
        try (ImageLoading loading = loading(copying())) {
            Batches batches = loading.inOrder(0, IMAGES).epoch(0);
            Batch first = batches.next().orElseThrow();

            // When
            batches.close();
            first.close();

            // Then
            assertThat(loading.batchesInUse()).isZero();
        }
        assertThat(compute.arrays()).isEqualTo(before);
    }

    @Test
    void deviceWithoutRoomIsHeardOfAndKeepsNoBatch() throws IOException, InterruptedException {
        // Given
        CopyAhead full = _ -> {
            throw new IllegalStateException("out of memory");
        };
        try (ImageLoading loading = loading(full)) {
            Batches batches = loading.inOrder(0, IMAGES).epoch(0);

            // When
            var attempt = assertThatThrownBy(batches::next);

            // Then
            attempt.isInstanceOf(IllegalStateException.class).hasMessage("out of memory");
            batches.close();
            assertThat(loading.batchesInUse()).isZero();
        }
    }

    @Test
    void onTheCpuNothingIsCopied() {
        // When
        CopyAhead ahead = compute.copyAhead();

        // Then
        assertThat(ahead.copy(ByteBuffer.allocateDirect(3))).isEmpty();
    }
}
