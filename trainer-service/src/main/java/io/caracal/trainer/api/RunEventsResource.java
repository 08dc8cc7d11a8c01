package io.caracal.trainer.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.Json;
import io.caracal.contracts.TrainingEvent;
import io.caracal.trainer.runs.RunQueue;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// A run as server-sent events.
@Path("/runs/{id}/events")
class RunEventsResource {
    private final RunQueue queue;

    RunEventsResource(RunQueue queue) {
        this.queue = queue;
    }

    /// A client that reads slowly misses events in between but never the last one.
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(
            summary = "Follow a run",
            description = "Each event is the run's complete state as JSON: the current one first, the last one when it "
                    + "has ended, which also ends the stream.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = TrainingEvent.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Multi<OutboundSseEvent> follow(@PathParam("id") String id, @Context Sse sse) {
        if (queue.find(id).isEmpty()) {
            throw Problem.unknownRun(id).exception();
        }
        return Multi.createFrom()
                .<TrainingEvent>emitter(emitter -> follow(id, emitter), BackPressureStrategy.LATEST)
                .map(event -> sse.newEventBuilder()
                        .data(String.class, new String(Json.write(event), UTF_8))
                        .build());
    }

    private void follow(String id, MultiEmitter<? super TrainingEvent> emitter) {
        queue.follow(id, event -> {
                    emitter.emit(event);
                    switch (event.state()) {
                        case QUEUED, TRAINING, EXPORTING -> {}
                        case SUCCEEDED, FAILED, CANCELLED, INTERRUPTED -> emitter.complete();
                    }
                })
                // A run that was forgotten since it was found has nothing more to tell.
                .ifPresentOrElse(emitter::onTermination, emitter::complete);
    }
}
