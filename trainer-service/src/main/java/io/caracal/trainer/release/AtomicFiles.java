package io.caracal.trainer.release;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there whole or not at all, and still there after a power cut.
public final class AtomicFiles {

    private AtomicFiles() {}

    /// Writes a file so that it is still there after a power cut.
    @FunctionalInterface
    public interface Content {
        void writeTo(Path file) throws IOException;
    }

    /// Replaces what is there, if anything.
    public static void write(Path target, byte[] bytes) throws IOException {
        write(target, file -> writeDurably(file, bytes));
    }

    /// Replaces what is there, if anything, with what need not fit into memory at once.
    public static void write(Path target, Content content) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            content.writeTo(temporary);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(absolute.getParent());
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // A full disk is one, whose message has no path.
            throw new IOException(
                    "cannot write " + target + ": " + e.getMessage() + "; make room there or take another place", e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static void writeDurably(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer source = ByteBuffer.wrap(bytes);
            while (source.hasRemaining()) {
                channel.write(source);
            }
            channel.force(true);
        }
    }

    /// Makes the entries of a folder durable.
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
