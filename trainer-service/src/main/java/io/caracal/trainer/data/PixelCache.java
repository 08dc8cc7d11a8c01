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
import java.util.concurrent.atomic.AtomicLong;

/// Decoded pixels in a temporary file, read through a memory mapping, so that the operating system decides what stays
/// in memory. The first images have a place, as many as there is room for, and are kept as long as other caches that
/// share the room leave some. The file has no name once it is open: it goes when the process ends, however it ends.
///
/// Safe for concurrent use by threads that work on different images. Owns the mapping; nothing that
/// [#view] returned may be used after [#close].
final class PixelCache implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PixelCache.class.getName());

    private final int imageBytes;
    private final AtomicLong room;
    private final AtomicIntegerArray present;
    private final FileChannel file;
    private final Arena arena;
    private final MemorySegment mapping;
    private volatile boolean full;

    private PixelCache(int imageBytes, int places, AtomicLong room, FileChannel file) throws IOException {
        this.imageBytes = imageBytes;
        this.room = room;
        this.present = new AtomicIntegerArray(places);
        this.file = file;
        this.arena = Arena.ofShared();
        try {
            // Mapping extends the file; without written pages it takes no space on disk.
            this.mapping = file.map(MapMode.READ_WRITE, 0, (long) places * imageBytes, arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// @param images how many there are
    /// @param imageBytes of each
    /// @param room bytes that are left for this and all other caches that share it
    /// @throws DataException in one line, if there can be no file in that folder
    static PixelCache open(Path folder, int images, int imageBytes, AtomicLong room) {
        try {
            Path path = Files.createTempFile(folder, "caracal-pixels-", ".tmp");
            FileChannel file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
            try {
                // More can never fit.
                int places = (int) Math.min(images, room.get() / imageBytes);
                return mapped(imageBytes, places, room, file);
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
    private static PixelCache mapped(int imageBytes, int places, AtomicLong room, FileChannel file) throws IOException {
        try {
            return new PixelCache(imageBytes, places, room, file);
        } catch (IOException e) {
            warnOfFullDisk(e);
            return new PixelCache(imageBytes, 0, room, file);
        }
    }

    private static void warnOfFullDisk(IOException e) {
        LOG.log(
                Level.WARNING,
                "decoded images are not kept any more ({0}): images are decoded again in each epoch; make room, or"
                        + " take another cache folder",
                e.getMessage());
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

    /// Keeps the remaining bytes of `pixels` (whose position does not move) if there is room for them.
    void put(int image, ByteBuffer pixels) {
        if (pixels.remaining() != imageBytes) {
            throw new IllegalArgumentException(pixels.remaining() + " bytes given, an image has " + imageBytes);
        }
        if (full || image >= present.length()) {
            return;
        }
        if (room.getAndUpdate(left -> left < imageBytes ? left : left - imageBytes) < imageBytes) {
            return;
        }
        // Written through the file and not through the mapping: a full disk is an IOException here, a fault there.
        ByteBuffer source = pixels.duplicate();
        long position = (long) image * imageBytes;
        try {
            while (source.hasRemaining()) {
                position += file.write(source, position);
            }
            if (present.getAndSet(image, 1) == 1) {
                room.addAndGet(imageBytes); // two threads met at it: it lies there once
            }
        } catch (IOException e) {
            full = true;
            room.addAndGet(imageBytes);
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
