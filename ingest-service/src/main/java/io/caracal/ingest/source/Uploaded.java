package io.caracal.ingest.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/// The answer to an upload of which something was accepted.
///
/// @param accepted in the order of the form's fields, and of one field's files; Kafka has these images
/// @param refused the others, each with its problem; empty for a single image
public record Uploaded(List<Image> accepted, List<Problem> refused) {

    /// @param id under which the prediction comes
    /// @param file its name in a request with many; absent for a single image
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Image(String id, String file) {}
}
