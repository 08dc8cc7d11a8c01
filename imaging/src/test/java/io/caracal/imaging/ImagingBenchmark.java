package io.caracal.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Images per CPU-second of one thread, on the image files of a folder: decoding to 224 x 224, and cutting random crops
/// of 224 x 224 pixels. Not a test; run its `main` with a folder of typical photographs.
final class ImagingBenchmark {
    private static final int SIDE = 224;
    private static final long ROUND_NANOS = 1_500_000_000;
    private static final int ROUNDS = 6;

    private ImagingBenchmark() {}

    public static void main(String[] args) throws IOException {
        List<byte[]> images;
        try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
            images = files.filter(Files::isRegularFile)
                    .limit(2_000)
                    .map(ImagingBenchmark::read)
                    .toList();
        }
        for (var preprocessing : List.of(
                Preprocessing.squash(SIDE, SIDE, Filter.LINEAR),
                Preprocessing.squash(SIDE, SIDE, Filter.ANTIALIAS),
                Preprocessing.shortSideCrop(256, SIDE, SIDE, Filter.ANTIALIAS))) {
            var target = ByteBuffer.allocateDirect(preprocessing.pixelBytes());
            try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {
                report(preprocessing.toString(), i -> decoder.decode(images.get(i % images.size()), target.clear()));
            }
        }
        crops();
    }

    private static void crops() {
        var source = ByteBuffer.allocateDirect(SIDE * SIDE * 3);
        var target = ByteBuffer.allocateDirect(SIDE * SIDE * 3);
        var random = new Random(1);
        try (var resizer = new CropResizer(SIDE, SIDE)) {
            report("crop " + SIDE + " to " + SIDE, i -> {
                int width = 40 + random.nextInt(SIDE - 40);
                int height = 40 + random.nextInt(SIDE - 40);
                var crop = new Crop(random.nextInt(SIDE - width), random.nextInt(SIDE - height), width, height);
                resizer.resize(source, SIDE, SIDE, crop, random.nextBoolean(), target.clear());
            });
        }
    }

    private interface Work {
        void run(int index);
    }

    /// The best of several rounds: the others met the compiler or a busy machine.
    private static void report(String name, Work work) {
        var thread = ManagementFactory.getThreadMXBean();
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = thread.getCurrentThreadCpuTime();
            int done = 0;
            while (thread.getCurrentThreadCpuTime() - start < ROUND_NANOS) {
                for (int i = 0; i < 100; i++) {
                    work.run(done++);
                }
            }
            best = Math.max(best, done * 1e9 / (thread.getCurrentThreadCpuTime() - start));
        }
        System.out.printf("%8.0f images per CPU-second: %s%n", best, name);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
