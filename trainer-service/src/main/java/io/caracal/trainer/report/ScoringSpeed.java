package io.caracal.trainer.report;

import io.caracal.scoring.Classifier;
import io.caracal.scoring.ClassifierOptions;
import io.caracal.scoring.Device;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// How fast model files score on this machine, through ONNX Runtime on all of its processors, pixels in memory.
///
/// @param imagesPerSecond in batches of [#BATCH], median of the rounds
/// @param latencyMillis of a single image, median
public record ScoringSpeed(double imagesPerSecond, double latencyMillis) {
    public static final int BATCH = 16;
    private static final int ROUNDS = 7;
    private static final int SINGLES = 5;

    /// Measures all files in one go, in turns, so that whatever else the machine does meets each of them. The first
    /// turn is not counted.
    ///
    /// @throws io.caracal.scoring.ModelException if one cannot be opened
    public static List<ScoringSpeed> of(List<Path> models) {
        List<Measured> measured = new ArrayList<>();
        try {
            models.forEach(model -> measured.add(new Measured(model)));
            for (int round = 0; round <= ROUNDS; round++) {
                for (Measured model : measured) {
                    model.turn(round > 0);
                }
            }
            return measured.stream().map(Measured::speed).toList();
        } finally {
            measured.forEach(Measured::close);
        }
    }

    private static final class Measured implements AutoCloseable {
        private final Classifier classifier;
        private final ByteBuffer pixels;
        private final List<Long> batches = new ArrayList<>();
        private final List<Long> singles = new ArrayList<>();

        Measured(Path model) {
            classifier = Classifier.open(
                    model,
                    new ClassifierOptions(Device.CPU, Runtime.getRuntime().availableProcessors()));
            byte[] noise = new byte[BATCH * classifier.preprocessing().pixelBytes()];
            new Random(1).nextBytes(noise);
            pixels = ByteBuffer.allocateDirect(noise.length).put(noise).flip();
        }

        void turn(boolean counts) {
            long batch = nanos(BATCH);
            List<Long> one = new ArrayList<>();
            for (int i = 0; i < SINGLES; i++) {
                one.add(nanos(1));
            }
            if (counts) {
                batches.add(batch);
                singles.addAll(one);
            }
        }

        private long nanos(int images) {
            long begin = System.nanoTime();
            classifier.score(pixels, images);
            return System.nanoTime() - begin;
        }

        ScoringSpeed speed() {
            return new ScoringSpeed(
                    BATCH * (double) TimeUnit.SECONDS.toNanos(1) / median(batches),
                    median(singles) / (double) TimeUnit.MILLISECONDS.toNanos(1));
        }

        private static long median(List<Long> times) {
            long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }

        @Override
        public void close() {
            classifier.close();
        }
    }
}
