package io.caracal.trainer.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The most memory that this process held at once, Java heap and native memory together.
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String HIGH_WATER = "VmHWM:";
    private static final int KIBI = 1024;

    private PeakMemory() {}

    /// In bytes since the process was started; empty on a system that does not tell (only Linux does).
    public static OptionalLong ofThisProcess() {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(HIGH_WATER))
                    .map(line -> line.substring(HIGH_WATER.length()).strip().split(" ", 2)[0])
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * KIBI)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(STATUS.toString(), e);
        }
    }
}
