package io.caracal.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSlotTest {
    private static final ByteBuffer BLACK = ByteBuffer.allocateDirect(8 * 8 * 3);

    @TempDir
    Path folder;

    @Test
    void isEmptyUntilTheFirstModel() throws Exception {
        // Given
        try (ModelSlot slot = new ModelSlot()) {
            // When
            boolean there = slot.awaitModel(Duration.ZERO);

            // Then
            assertThat(there).isFalse();
            assertThat(slot.current()).isEmpty();
            assertThatThrownBy(slot::lease).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void keepsAReplacedModelOpenUntilItsLastLeaseIsBack() throws Exception {
        // Given
        LoadedModel first = ServedModel.load(folder, "1");
        LoadedModel second = ServedModel.load(folder, "2");
        try (ModelSlot slot = new ModelSlot()) {
            slot.put(first);
            CompletableFuture<Void> swap;
            try (ModelSlot.Lease lease = slot.lease()) {
                // When
                swap = CompletableFuture.runAsync(() -> slot.put(second), Thread::startVirtualThread);
                while (!slot.current().orElseThrow().ref().equals(second.ref())) {
                    Thread.onSpinWait();
                }

                // Then: who has a lease goes on with the first, who comes now gets the second
                assertThat(lease.model().classifier().score(BLACK, 1).logits()).hasDimensions(1, 3);
                assertThat(swap).isNotDone();
                try (ModelSlot.Lease next = slot.lease()) {
                    assertThat(next.model()).isSameAs(second);
                }
            }
            swap.get();
            assertThatThrownBy(() -> first.classifier().score(BLACK, 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void changesModelsUnderLoadWithoutAFailure() throws Exception {
        // Given: four threads that score all the time
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong scored = new AtomicLong();
        try (ModelSlot slot = ServedModel.slot(folder)) {
            List<CompletableFuture<Void>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(CompletableFuture.runAsync(
                        () -> {
                            while (!done.get()) {
                                try (ModelSlot.Lease lease = slot.lease()) {
                                    lease.model().classifier().score(BLACK, 1);
                                    scored.incrementAndGet();
                                }
                            }
                        },
                        task -> Thread.ofPlatform().start(task)));
            }

            // When
            for (int version = 2; version <= 30; version++) {
                long before = scored.get();
                slot.put(ServedModel.load(folder, String.valueOf(version)));
                while (scored.get() == before && users.stream().noneMatch(CompletableFuture::isDone)) {
                    Thread.onSpinWait();
                }
            }
            done.set(true);

            // Then
            CompletableFuture.allOf(users.toArray(CompletableFuture[]::new)).get();
            assertThat(slot.current().orElseThrow().ref().version()).isEqualTo("30");
        }
    }

    @Test
    void closesItsModelOnce() throws Exception {
        // Given
        LoadedModel model = ServedModel.load(folder, "1");
        ModelSlot slot = new ModelSlot();
        slot.put(model);

        // When
        slot.close();
        slot.close();

        // Then
        assertThatThrownBy(() -> model.classifier().score(BLACK, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(slot::lease).isInstanceOf(IllegalStateException.class);
    }
}
