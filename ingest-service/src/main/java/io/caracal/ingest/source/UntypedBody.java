package io.caracal.ingest.source;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// A body whose type the sender does not say is bytes. JAX-RS would take it for the most special type there is a method
/// for, a form.
final class UntypedBody {

    @ServerRequestFilter(preMatching = true)
    void isBytes(ContainerRequestContext request) {
        if (request.getMediaType() == null) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        }
    }
}
