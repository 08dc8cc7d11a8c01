package io.caracal.ingest.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// @param path of the folder; needed by the source `folder` only
/// @param interval between two looks
/// @param source of the files that lie in no subfolder
public record FolderSettings(Optional<Path> path, Duration interval, After after, String source) {

    /// What becomes of a file that Kafka has.
    public enum After {
        /// It goes to the subfolder `done`.
        MOVE,
        DELETE;

        /// @throws IllegalArgumentException if no member has this name in lower case
        public static After of(String setting, String name) {
            for (After after : values()) {
                if (after.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return after;
                }
            }
            throw new IllegalArgumentException(setting + " is " + name + ", allowed are move and delete");
        }
    }
}
