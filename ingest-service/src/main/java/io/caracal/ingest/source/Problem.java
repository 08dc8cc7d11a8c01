package io.caracal.ingest.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.caracal.contracts.RejectionReason;
import io.caracal.ingest.admit.Receipt;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// Why a request or one of its files was not accepted, as RFC 9457 problem details.
///
/// @param type `urn:caracal:problem:` and what went wrong
/// @param title the same for every problem of this type
/// @param file of a request with many; absent when it is about the whole request
/// @param refused the files of a request in which none was accepted
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String file, List<Problem> refused) {
    static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE = "urn:caracal:problem:";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int RETRY_SECONDS = 2;

    static Problem of(Receipt.Refused refused) {
        RejectionReason reason = refused.reason();
        String detail = refused.message();
        return switch (reason) {
            case EMPTY -> problem(reason.code(), "The image has no bytes", 422, detail);
            case TOO_MANY_BYTES -> problem(reason.code(), "The image has too many bytes", 413, detail);
            case TOO_MANY_PIXELS -> problem(reason.code(), "The image has too many pixels", 413, detail);
            case NOT_AN_IMAGE -> problem(reason.code(), "Not an image of a known format", 415, detail);
            case DAMAGED -> problem(reason.code(), "The image is damaged", 422, detail);
            case UNSCORABLE -> problem(reason.code(), "The model has no scores for the image", 422, detail);
        };
    }

    static Problem of(Receipt.Unavailable unavailable) {
        return problem("unavailable", "Kafka does not take images now", 503, unavailable.message());
    }

    static Problem busy() {
        return problem("busy", "Too many images are in flight", TOO_MANY_REQUESTS, "send it again a little later");
    }

    static Problem mixed() {
        return problem("none-accepted", "No file was accepted", 422, "each file has its own reason");
    }

    static Problem badRequest(String detail) {
        return problem("bad-request", "The request cannot be understood", 400, detail);
    }

    static Problem http(int status, String detail) {
        return new Problem(
                "about:blank", Response.Status.fromStatusCode(status).getReasonPhrase(), status, detail, null, null);
    }

    Problem forFile(String name) {
        return new Problem(type, title, status, detail, name, refused);
    }

    Problem with(List<Problem> files) {
        return new Problem(type, title, status, detail, null, files);
    }

    /// Whether the same request can succeed later.
    boolean isTransient() {
        return status == TOO_MANY_REQUESTS || status == 503;
    }

    Response response() {
        var response = Response.status(status).type(MEDIA_TYPE).entity(this);
        if (isTransient()) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return response.build();
    }

    private static Problem problem(String kind, String title, int status, String detail) {
        return new Problem(TYPE + kind, title, status, detail, null, null);
    }
}
