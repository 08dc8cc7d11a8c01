package io.caracal.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.ModelCard;
import io.caracal.onnx.Edge;
import io.caracal.onnx.ElementType;
import io.caracal.onnx.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ClassifierLifeTest {
    @TempDir
    Path folder;

    @Test
    void closesOnceHoweverOftenItIsAsked() throws Exception {
        // Given
        Classifier classifier = Classifier.open(TinyModels.withCard(folder), Device.CPU);

        // When
        classifier.close();
        classifier.close();

        // Then
        assertThatThrownBy(() -> classifier.score(TinyModels.images(0xff0000), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the classifier of model colour is closed");
    }

    @Test
    void waitsForRunningCallsBeforeItFreesTheSession() throws Exception {
        // Given: four callers that score until they are told that it is closed
        Classifier classifier = Classifier.open(TinyModels.withCard(folder), Device.CPU);
        CountDownLatch running = new CountDownLatch(4);
        AtomicInteger wrong = new AtomicInteger();
        CompletableFuture<?>[] callers = new CompletableFuture<?>[4];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = CompletableFuture.runAsync(
                    () -> {
                        try {
                            while (true) {
                                Scores scores = classifier.score(TinyModels.images(0x102030), 1);
                                running.countDown();
                                if (scores.best(0) != 2) {
                                    wrong.incrementAndGet();
                                }
                            }
                        } catch (IllegalStateException closed) {
                            running.countDown();
                        }
                    },
                    Thread::startVirtualThread);
        }
        running.await();

        // When
        classifier.close();

        // Then
        CompletableFuture.allOf(callers).get();
        assertThat(wrong).hasValue(0);
    }

    /// A session of this model weighs 16 MiB: fifty that are not freed are 800 MiB.
    @Test
    @EnabledOnOs(OS.LINUX)
    void freesEachOfFiftySessions() throws Exception {
        // Given
        Path file = heavyModel();
        reload(file, 10);
        long before = residentBytes();

        // When
        reload(file, 50);

        // Then
        assertThat(residentBytes() - before).isLessThan(100L << 20);
    }

    private static void reload(Path file, int times) {
        for (int i = 0; i < times; i++) {
            try (Classifier classifier = Classifier.open(file, Device.CPU)) {
                classifier.score(TinyModels.images(0x00ff00), 1);
            }
        }
    }

    private Path heavyModel() throws IOException {
        int width = 2048;
        Graph graph = new Graph("heavy");
        Edge pixels = graph.input("pixels", ElementType.UINT8, Graph.BATCH, 4, 4, 3);
        Edge floats = graph.op("Cast", pixels).with("to", ElementType.FLOAT).edge();
        Edge mean = graph.op("ReduceMean", floats, graph.longs("axes", 1, 2))
                .with("keepdims", 0)
                .edge();
        Edge wide = graph.op("MatMul", mean, graph.floats("in", new long[] {3, width}, new float[3 * width]))
                .edge();
        Edge deep = graph.op("MatMul", wide, graph.floats("mid", new long[] {width, width}, new float[width * width]))
                .edge();
        Edge out = graph.op("MatMul", deep, graph.floats("out", new long[] {width, 3}, new float[width * 3]))
                .edge();
        graph.output("logits", out, ElementType.FLOAT, Graph.BATCH, 3);
        return Files.write(
                folder.resolve("heavy.onnx"), graph.toBytes(Map.of(ModelCard.METADATA_KEY, TinyModels.CARD)));
    }

    private static long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
