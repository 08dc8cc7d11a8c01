package io.caracal.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The end of a log: what a person wants to see of a process that died.
final class LogTail {
    private static final int LINES = 20;
    private static final int BYTES = 64 * 1024;

    private LogTail() {}

    /// The last lines, indented; a note if there are none.
    static String of(Path log) {
        try (var channel = Files.newByteChannel(log)) {
            long start = Math.max(0, channel.size() - BYTES);
            channel.position(start);
            byte[] bytes = new byte[(int) (channel.size() - start)];
            var buffer = java.nio.ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until the end of what there was.
            }
            List<String> lines = new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.isEmpty()) {
                return "    (the log is empty)";
            }
            return "    "
                    + String.join(
                            System.lineSeparator() + "    ",
                            lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "    (the log cannot be read: " + e.getMessage() + ")";
        }
    }
}
