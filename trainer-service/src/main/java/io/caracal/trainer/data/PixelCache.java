package io.caracal.trainer.data;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Decoded pixels in a temporary file, read through a memory mapping, so that the operating system decides what stays
/// in memory. The first images have a place, as many as the bound allows; the others are never kept. The file has no
/// name once it is open: it goes when the process ends, however it ends.
///
/// Safe for concurrent use by threads that work on different images. Owns the mapping; nothing that
/// [#view] returned may be used after [#close].
final class PixelCache implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PixelCache.class.getName());

    private final int imageBytes;
    private final AtomicIntegerArray present;
    private final FileChannel file;
    private final Arena arena;
    private final MemorySegment mapping;
    private volatile boolean full;

    private PixelCache(int imageBytes, int capacity, FileChannel file) throws IOException {
        this.imageBytes = imageBytes;
        this.present = new AtomicIntegerArray(capacity);
        this.file = file;
        this.arena = Arena.ofShared();
        try {
            // Mapping extends the file; without written pages it takes no space on disk.
            this.mapping = file.map(MapMode.READ_WRITE, 0, (long) capacity * imageBytes, arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// @param images how many there are
    /// @param imageBytes of each
    /// @param maxBytes of the file
    /// @throws DataException in one line, if there can be no file in that folder
    static PixelCache open(Path folder, int images, int imageBytes, long maxBytes) {
        int capacity = (int) Math.min(images, maxBytes / imageBytes);
        try {
            Path path = Files.createTempFile(folder, "caracal-pixels-", ".tmp");
            FileChannel file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
            try {
                return mapped(imageBytes, capacity, file);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DataException("no temporary file for decoded images in %s (%s); take another cache folder"
                    .formatted(folder, e.getMessage()));
        }
    }

    /// A disk without room costs time and not the run: then no image has a place.
    private static PixelCache mapped(int imageBytes, int capacity, FileChannel file) throws IOException {
        try {
            return new PixelCache(imageBytes, capacity, file);
        } catch (IOException e) {
            warnOfFullDisk(e);
            return new PixelCache(imageBytes, 0, file);
        }
    }

    private static void warnOfFullDisk(IOException e) {
        LOG.log(
                Level.WARNING,
                "decoded images are not kept any more ({0}): images are decoded again in each epoch; make room, or"
                        + " take another cache folder",
                e.getMessage());
    }

    /// How many images have a place.
    int capacity() {
        return present.length();
    }

    boolean holds(int image) {
        return image < present.length() && present.get(image) == 1;
    }

    /// The pixels of an image that the cache [holds][#holds], read in place.
    ByteBuffer view(int image) {
        if (!holds(image)) {
            throw new IllegalStateException("image " + image + " is not in the cache");
        }
        return mapping.asSlice((long) image * imageBytes, imageBytes).asByteBuffer();
    }

    /// Keeps the remaining bytes of `pixels` (whose position does not move) if there is a place for them.
    void put(int image, ByteBuffer pixels) {
        if (full || image >= present.length()) {
            return;
        }
        if (pixels.remaining() != imageBytes) {
            throw new IllegalArgumentException(pixels.remaining() + " bytes given, an image has " + imageBytes);
        }
        // Written through the file and not through the mapping: a full disk is an IOException here, a fault there.
        ByteBuffer source = pixels.duplicate();
        long position = (long) image * imageBytes;
        try {
            while (source.hasRemaining()) {
                position += file.write(source, position);
            }
            present.set(image, 1);
        } catch (IOException e) {
            full = true;
            warnOfFullDisk(e);
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            try {
                file.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "cannot close the temporary file with decoded images: {0}", e);
            }
        }
    }
}
