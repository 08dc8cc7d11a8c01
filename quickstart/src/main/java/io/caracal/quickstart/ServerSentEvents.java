package io.caracal.quickstart;

import java.util.Optional;
import java.util.StringJoiner;

/// Puts the lines of a `text/event-stream` together; only `data` fields matter here.
final class ServerSentEvents {
    private StringJoiner data = new StringJoiner("\n");
    private boolean any;

    /// @return the data of the event that an empty line ends
    Optional<String> add(String line) {
        if (line.startsWith("data:")) {
            data.add(line.startsWith("data: ") ? line.substring(6) : line.substring(5));
            any = true;
            return Optional.empty();
        }
        if (!line.isEmpty() || !any) {
            return Optional.empty();
        }
        String event = data.toString();
        data = new StringJoiner("\n");
        any = false;
        return Optional.of(event);
    }
}
