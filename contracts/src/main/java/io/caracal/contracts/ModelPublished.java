package io.caracal.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.time.Instant;
import java.util.regex.Pattern;

/// Says on the `models` topic that a model file is in the store and how it is to be deployed.
///
/// @param uri where the file is: `file:` today
/// @param sha256 of the file, lower-case hex; a consumer refuses a file with another one
public record ModelPublished(
        String name, String version, URI uri, String sha256, ModelCard card, Stage stage, Instant publishedAt) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public ModelPublished {
        Required.text(name, "name");
        Required.text(version, "version");
        Required.present(uri, "uri");
        if (!SHA_256.matcher(Required.present(sha256, "sha256")).matches()) {
            throw new IllegalArgumentException("sha256 is \"" + sha256 + "\", 64 lower-case hex digits are needed");
        }
        Required.present(card, "card");
        Required.present(stage, "stage");
        Required.present(publishedAt, "publishedAt");
    }

    /// How much of the stream a model answers for. In JSON the kind is the field `stage`: `{"stage":"champion"}`.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "stage")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Stage.Champion.class, name = "champion"),
        @JsonSubTypes.Type(value = Stage.Shadow.class, name = "shadow"),
        @JsonSubTypes.Type(value = Stage.Canary.class, name = "canary")
    })
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
