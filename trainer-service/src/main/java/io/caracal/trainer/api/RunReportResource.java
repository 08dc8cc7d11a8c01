package io.caracal.trainer.api;

import io.caracal.contracts.TrainingEvent;
import io.caracal.trainer.release.ModelStore;
import io.caracal.trainer.runs.RunQueue;
import io.caracal.trainer.runs.TrainAndPublish;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// What a run came to, to look at.
@Path("/runs/{id}")
class RunReportResource {
    private final RunQueue queue;
    private final ModelStore store;

    RunReportResource(RunQueue queue, ModelStore store) {
        this.queue = queue;
        this.store = store;
    }

    @GET
    @Path("/report")
    @Produces({MediaType.TEXT_HTML, Problem.MEDIA_TYPE})
    @Operation(
            summary = "The report of a run that succeeded, as a page",
            description = "Curves, confusion matrix, calibration, worst mistakes, timing and provenance in one file.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_HTML))
    @APIResponse(
            responseCode = "404",
            description = "There is no such run, or no report of it: only runs that succeeded have one",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response page(@PathParam("id") String id) throws IOException {
        return file(id, TrainAndPublish.PAGE, MediaType.TEXT_HTML + ";charset=UTF-8");
    }

    @GET
    @Path("/report.json")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    @Operation(summary = "The figures of a run that succeeded")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_JSON))
    @APIResponse(
            responseCode = "404",
            description = "There is no such run, or no report of it: only runs that succeeded have one",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response figures(@PathParam("id") String id) throws IOException {
        return file(id, TrainAndPublish.FIGURES, MediaType.APPLICATION_JSON);
    }

    private Response file(String id, String name, String type) throws IOException {
        Optional<TrainingEvent> run = queue.find(id);
        if (run.isEmpty()) {
            return Problem.unknownRun(id).response();
        }
        Optional<byte[]> file = Optional.empty();
        if (run.get().result().isPresent()) {
            file = store.beside(run.get().result().get().model(), name);
        }
        return file.map(bytes -> Response.ok(bytes, type).build())
                .orElseGet(() -> Problem.noReport(id).response());
    }
}
