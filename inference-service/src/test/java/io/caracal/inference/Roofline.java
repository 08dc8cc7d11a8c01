package io.caracal.inference;

import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.Limits;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.Device;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What is left when everything but decoding and scoring is taken away: the bound of the whole service.
final class Roofline {
    private Roofline() {}

    static double imagesPerCpuSecond(Path model, List<byte[]> photos, int warmUp, int count) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        try (Classifier classifier = Classifier.open(model, Device.CPU);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            run(pool, threads, classifier, photos, warmUp);
            long before = cpuNanos();
            run(pool, threads, classifier, photos, count);
            return count / ((cpuNanos() - before) / 1e9);
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static void run(ExecutorService pool, int threads, Classifier classifier, List<byte[]> photos, int count)
            throws Exception {
        List<Future<?>> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread;
            parts.add(pool.submit(() -> {
                ByteBuffer pixels =
                        ByteBuffer.allocateDirect(classifier.preprocessing().pixelBytes());
                try (ImageDecoder decoder = new ImageDecoder(Limits.DEFAULTS, classifier.preprocessing())) {
                    for (int i = first; i < count; i += threads) {
                        decoder.decode(photos.get(i % photos.size()), pixels.clear());
                        classifier.score(pixels.flip(), 1);
                    }
                }
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
    }
}
