package io.caracal.trainer.api;

import io.caracal.contracts.Json;
import io.caracal.trainer.runs.RunRequest.Violation;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// A problem as RFC 9457 has it.
///
/// @param violations fields of the request that are wrong; empty if it is not about fields
record Problem(String title, int status, String detail, List<Violation> violations) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final int UNPROCESSABLE = 422;

    static Problem malformed(String detail) {
        return new Problem("Not a request for a run", 400, detail, List.of());
    }

    static Problem wrong(List<Violation> violations) {
        return new Problem(
                "Not a run that can be done",
                UNPROCESSABLE,
                violations.getFirst().message(),
                violations);
    }

    static Problem unknownRun(String id) {
        return new Problem("No such run", 404, "There is no run " + id + ", or it ended long ago.", List.of());
    }

    static Problem noReport(String id) {
        return new Problem(
                "No report", 404, "The run " + id + " has no report: only runs that succeeded have one.", List.of());
    }

    static Problem endedBefore(String id, String state) {
        return new Problem("The run has ended", 409, "The run " + id + " has " + state + ".", List.of());
    }

    static Problem notResumable(String why) {
        return new Problem("The run cannot go on", 409, why, List.of());
    }

    static Problem queueFull(int waiting) {
        return new Problem("No more runs can wait", 503, waiting + " runs wait already.", List.of());
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(Json.write(this)).build();
    }

    WebApplicationException exception() {
        return new WebApplicationException(detail, response());
    }
}
