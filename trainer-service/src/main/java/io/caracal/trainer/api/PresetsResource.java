package io.caracal.trainer.api;

import io.caracal.contracts.Json;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Recipe;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// What can be trained.
@Path("/presets")
class PresetsResource {
    private final Presets presets;

    PresetsResource(Presets presets) {
        this.presets = presets;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The presets, each with its recipe")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = Recipe.class)))
    public Response all() {
        return Response.ok(
                        Json.write(presets.names().stream()
                                .map(name -> presets.named(name).recipe())
                                .toList()),
                        MediaType.APPLICATION_JSON)
                .build();
    }
}
