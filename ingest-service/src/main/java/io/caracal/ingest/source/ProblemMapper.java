package io.caracal.ingest.source;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// What the framework refuses (no such path, no such method) is answered in the same form as what we refuse.
final class ProblemMapper {

    @ServerExceptionMapper
    Response problem(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return status == 400
                ? Problem.badRequest(e.getMessage()).response()
                : Problem.http(status, e.getMessage()).response();
    }
}
