package io.caracal.inference.model;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelCard;
import io.caracal.scoring.Placement;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/// Which model answers now.
@Path("/model")
public class ModelResource {
    private final ModelSlot slot;

    ModelResource(ModelSlot slot) {
        this.slot = slot;
    }

    /// @param source the file or URI it came from
    record Answering(ModelCard card, String source, Placement placement, Instant loadedAt) {}

    /// A problem as RFC 9457 has it.
    record Problem(String title, int status, String detail) {}

    @GET
    @Produces({MediaType.APPLICATION_JSON, "application/problem+json"})
    public Response get() {
        return slot.current()
                .map(model -> Response.ok(
                                Json.write(new Answering(
                                        model.classifier().card(),
                                        model.source(),
                                        model.classifier().placement(),
                                        model.loadedAt())),
                                MediaType.APPLICATION_JSON)
                        .build())
                .orElseGet(() -> Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .type("application/problem+json")
                        .entity(Json.write(new Problem("No model", 503, "No model has been published yet.")))
                        .build());
    }
}
