package io.caracal.ingest.source;

import io.caracal.contracts.ImageEvent;
import io.caracal.ingest.admit.Upload;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/// What the sender says about the images of a request: query parameters, or the headers of CloudEvents' HTTP binding.
public final class Sender {
    private static final String DEFAULT_SOURCE = "http";

    @Parameter(description = "Camera, tenant: images of one source keep their order. Also as header `ce-source`.")
    @QueryParam("source")
    String source;

    @Parameter(
            description = "The image's id: sent again under the same id, it is published once. Of many files, the"
                    + " first gets `ID-0`. Also as header `ce-id`.")
    @QueryParam("id")
    String id;

    @Parameter(hidden = true)
    @HeaderParam("ce-source")
    String ceSource;

    @Parameter(hidden = true)
    @HeaderParam("ce-id")
    String ceId;

    @Parameter(description = "When the image was taken, RFC 3339; now when not given.")
    @HeaderParam("ce-time")
    String ceTime;

    /// @param suffix of the id, for one of many
    /// @throws BadRequestException if a text or the time is not one
    Upload upload(byte[] bytes, String suffix) {
        Optional<String> named = text("source", source).or(() -> text("ce-source", ceSource));
        return new Upload(
                bytes,
                text("id", suffixed(id, suffix)).or(() -> text("ce-id", suffixed(ceId, suffix))),
                named.orElse(DEFAULT_SOURCE),
                named.isPresent(),
                time());
    }

    private static String suffixed(String given, String suffix) {
        return given == null || given.isBlank() ? given : given + suffix;
    }

    private static Optional<String> text(String name, String value) {
        if (value != null && !ImageEvent.isText(value)) {
            throw new BadRequestException(name + " must have 1 to " + ImageEvent.MAX_TEXT_LENGTH
                    + " characters, none of them a control character, and not be blank");
        }
        return Optional.ofNullable(value);
    }

    private Instant time() {
        try {
            return ceTime == null ? Instant.now() : OffsetDateTime.parse(ceTime).toInstant();
        } catch (DateTimeException e) {
            throw new BadRequestException("ce-time is no RFC 3339 time: " + ceTime, e);
        }
    }
}
