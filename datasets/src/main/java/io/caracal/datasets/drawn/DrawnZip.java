package io.caracal.datasets.drawn;

import io.caracal.datasets.Example;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Drawn images as a zip with a folder per class: what [io.caracal.datasets.ImageSets#open] reads. The same seed and
/// count give the same file.
public final class DrawnZip {
    private static final FileTime TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    /// Goes up with every change of what is drawn.
    private static final int EDITION = 1;

    private DrawnZip() {}

    /// A name that says what is in the file, so that one which exists need not be drawn again.
    public static String fileName(long seed, int images) {
        return "drawn-%d-%d-%d.zip".formatted(EDITION, seed, images);
    }

    /// Draws on all cores. The file appears when it is complete; a draw that is interrupted leaves none.
    ///
    /// @param progress is told after each image how many there are
    public static void write(Path file, int images, long seed, IntConsumer progress)
            throws IOException, InterruptedException {
        var drawn = new DrawnImages(seed);
        int cores = Runtime.getRuntime().availableProcessors();
        Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), "drawing", ".zip");
        ExecutorService pool = Executors.newFixedThreadPool(
                cores, Thread.ofPlatform().name("draw-", 0).factory());
        try {
            try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
                Queue<Future<byte[]>> ahead = new ArrayDeque<>();
                int next = 0;
                for (int i = 0; i < images; i++) {
                    while (next < images && ahead.size() < 4 * cores) {
                        int index = next++;
                        ahead.add(pool.submit(() -> drawn.jpeg(index)));
                    }
                    store(zip, DrawnImages.example(i), ahead.remove().get());
                    progress.accept(i + 1);
                }
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (ExecutionException e) {
            throw new IllegalStateException("drawing failed", e.getCause());
        } finally {
            pool.shutdownNow();
            Files.deleteIfExists(unfinished);
        }
    }

    /// As it is: a JPEG does not get smaller.
    private static void store(ZipOutputStream zip, Example example, byte[] jpeg) throws IOException {
        var crc = new CRC32();
        crc.update(jpeg);
        var entry = new ZipEntry(example.entry());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(jpeg.length);
        entry.setCrc(crc.getValue());
        entry.setLastModifiedTime(TIME);
        zip.putNextEntry(entry);
        zip.write(jpeg);
        zip.closeEntry();
    }
}
