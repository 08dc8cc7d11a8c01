package io.caracal.contracts;

import java.time.Instant;
import java.util.Optional;

/// A person's label for an image, on the `feedback` topic under the image's id.
///
/// @param id of the image
/// @param label what the person says it shows
/// @param author who said so, if that is to be known
public record Feedback(String id, String label, Optional<String> author, Instant time) {
    public Feedback {
        Required.text(id, "id");
        Required.text(label, "label");
        Required.present(author, "author");
        Required.present(time, "time");
    }
}
