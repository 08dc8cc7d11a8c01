package io.caracal.trainer.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.contracts.TrainingEvent;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.runs.Cancellation;
import io.caracal.trainer.runs.DataRoots;
import io.caracal.trainer.runs.Failure;
import io.caracal.trainer.runs.Resumption;
import io.caracal.trainer.runs.RunPlan;
import io.caracal.trainer.runs.RunQueue;
import io.caracal.trainer.runs.RunRequest;
import io.caracal.trainer.runs.Submission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// Training runs over HTTP.
@Path("/runs")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class RunsResource {
    private static final String RETRY_AFTER_SECONDS = "60";

    private final RunQueue queue;
    private final Presets presets;
    private final DataRoots roots;

    RunsResource(RunQueue queue, Presets presets, DataRoots roots) {
        this.queue = queue;
        this.presets = presets;
        this.roots = roots;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Queue a training run", description = "What is left out is the preset's.")
    @RequestBody(content = @Content(schema = @Schema(implementation = RunRequest.class)))
    @APIResponse(
            responseCode = "202",
            description = "It is queued; Location is where it can be seen",
            content = @Content(schema = @Schema(implementation = TrainingEvent.class)))
    @APIResponse(
            responseCode = "400",
            description = "Not JSON, or a field that there is not",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "A field is missing or has a value that is not allowed",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "As many runs wait as may",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response submit(byte[] body) throws IOException {
        RunRequest request;
        try (JsonParser parser = new JsonFactory().createParser(body)) {
            request = Json.readHandwritten(parser, RunRequest.class);
        } catch (MalformedRecordException e) {
            return Problem.malformed(e.getMessage()).response();
        }
        return switch (request.check(presets, roots)) {
            case RunRequest.Refused refused ->
                Problem.wrong(refused.violations()).response();
            case RunRequest.Planned(RunPlan plan) -> submit(plan);
        };
    }

    private Response submit(RunPlan plan) {
        return switch (queue.submit(plan)) {
            case Submission.Accepted(TrainingEvent event) ->
                accepted(event)
                        .location(UriBuilder.fromPath("/runs/{id}").build(event.run()))
                        .build();
            case Submission.Full(int waiting) -> full(waiting);
        };
    }

    @GET
    @Operation(summary = "All runs that are known, the newest first")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = TrainingEvent.class)))
    public Response all() {
        return json(queue.all());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Where a run stands")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TrainingEvent.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response one(@PathParam("id") String id) {
        return queue.find(id)
                .map(RunsResource::json)
                .orElseGet(() -> Problem.unknownRun(id).response());
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Cancel a run",
            description = "One that waits ends now, one that is under way after its current step.")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = TrainingEvent.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "It had ended before",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response cancel(@PathParam("id") String id) {
        return switch (queue.cancel(id)) {
            case Cancellation.Accepted(TrainingEvent event) -> accepted(event).build();
            case Cancellation.EndedBefore(TrainingEvent event) ->
                Problem.endedBefore(id, event.state().name().toLowerCase(Locale.ROOT))
                        .response();
            case Cancellation.Unknown() -> Problem.unknownRun(id).response();
        };
    }

    @POST
    @Path("/{id}/resume")
    @Operation(
            summary = "Go on with a run",
            description = "One that was interrupted, was cancelled or has failed is queued again under its id and goes "
                    + "on from its last checkpoint: with the result, to the bit on a CPU, of a run without a break.")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = TrainingEvent.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "It has not ended, has succeeded, or its checkpoints are not kept any more",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "As many runs wait as may",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response resume(@PathParam("id") String id) {
        try {
            return switch (queue.resume(id)) {
                case Resumption.Accepted(TrainingEvent event) -> accepted(event).build();
                case Resumption.Refused(String why) -> Problem.notResumable(why).response();
                case Resumption.Full(int waiting) -> full(waiting);
                case Resumption.Unknown() -> Problem.unknownRun(id).response();
            };
        } catch (IOException e) {
            return Problem.notResumable(Failure.oneLine(e)).response();
        }
    }

    private static Response full(int waiting) {
        return Response.fromResponse(Problem.queueFull(waiting).response())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static Response.ResponseBuilder accepted(TrainingEvent event) {
        return Response.accepted(Json.write(event)).type(MediaType.APPLICATION_JSON);
    }

    private static Response json(Object value) {
        return Response.ok(Json.write(value), MediaType.APPLICATION_JSON).build();
    }
}
