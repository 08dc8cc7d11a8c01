package io.caracal.contracts;

import java.net.URI;
import java.time.Instant;

/// Says on the `models` topic that a model file is in the store and how it is to be deployed.
///
/// @param uri where the file is: `file:` today
/// @param sha256 of the file, lower-case hex; a consumer refuses a file with another one
public record ModelPublished(
        String name, String version, URI uri, String sha256, ModelCard card, Stage stage, Instant publishedAt) {

    /// How much of the stream a model answers for.
    public sealed interface Stage {
        /// Answers for everything.
        record Champion() implements Stage {}

        /// Scores beside the champion; its labels are compared, never published.
        record Shadow() implements Stage {}

        /// Answers for this share of the images.
        ///
        /// @param percent 1-99
        record Canary(int percent) implements Stage {
            public Canary {
                if (percent < 1 || percent > 99) {
                    throw new IllegalArgumentException("canary percent is " + percent + ", allowed is 1 to 99");
                }
            }
        }
    }
}
