package io.caracal.ingest.source;

import io.caracal.contracts.RejectionReason;
import io.caracal.ingest.admit.Intake;
import io.caracal.ingest.admit.Receipt;
import io.caracal.ingest.publish.InFlight;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// Images by HTTP. An answer of 202 means that Kafka has the image.
@Path("/images")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RunOnVirtualThread
public class HttpSource {
    private final Intake intake;
    private final InFlight inFlight;

    HttpSource(Intake intake, InFlight inFlight) {
        this.intake = intake;
        this.inFlight = inFlight;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Sends one image: the request's body is the encoded image and nothing else")
    @APIResponse(
            responseCode = "202",
            description = "Kafka has the image",
            content = @Content(schema = @Schema(implementation = Uploaded.class)))
    @APIResponse(responseCode = "400", description = "The id, the source or the time is not valid")
    @APIResponse(responseCode = "413", description = "Too many bytes or pixels")
    @APIResponse(responseCode = "415", description = "Not JPEG, PNG, WebP, GIF or BMP")
    @APIResponse(responseCode = "422", description = "Empty or damaged")
    @APIResponse(responseCode = "429", description = "Too many images in flight; see Retry-After")
    @APIResponse(responseCode = "503", description = "Kafka is away; see Retry-After")
    public Response one(
            InputStream body,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length,
            @BeanParam Sender sender,
            @Context HttpServerRequest request)
            throws IOException, InterruptedException {
        int maxBytes = intake.maxBytes();
        if (length != null && length > maxBytes) {
            return closing(request, Problem.of(tooLarge(length + " bytes")).response());
        }
        Optional<InFlight.Reservation> reserved = inFlight.reserve(length == null ? maxBytes : Math.toIntExact(length));
        if (reserved.isEmpty()) {
            return closing(request, Problem.busy().response());
        }
        try (var reservation = reserved.get()) {
            byte[] bytes = body.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                return closing(request, Problem.of(tooLarge("more bytes")).response());
            }
            reservation.shrinkTo(bytes.length);
            return switch (intake.take(sender.upload(bytes, ""))
                    .toCompletableFuture()
                    .join()) {
                case Receipt.Accepted(String id) -> accepted(List.of(new Uploaded.Image(id, null)), List.of());
                case Receipt.Refused refused -> Problem.of(refused).response();
                case Receipt.Unavailable unavailable -> Problem.of(unavailable).response();
            };
        }
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Sends many images as the files of a form",
            description = "202 when at least one was accepted: then `refused` names the others, each with its own"
                    + " status; those with 429 or 503 can be sent again. When none was accepted, the status is the one"
                    + " that all files share, else 422; 503 when one of them can be sent again.")
    public Response many(@RestForm(FileUpload.ALL) List<FileUpload> files, @BeanParam Sender sender)
            throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return Problem.badRequest("the form has no file").response();
        }
        var pending = new ArrayList<CompletableFuture<Receipt>>();
        for (int i = 0; i < files.size(); i++) {
            pending.add(take(files.get(i), sender, "-" + i));
        }
        var accepted = new ArrayList<Uploaded.Image>();
        var refused = new ArrayList<Problem>();
        for (int i = 0; i < files.size(); i++) {
            String name = files.get(i).fileName();
            switch (pending.get(i).join()) {
                case Receipt.Accepted(String id) -> accepted.add(new Uploaded.Image(id, name));
                case Receipt.Refused reason -> refused.add(Problem.of(reason).forFile(name));
                case Receipt.Unavailable reason ->
                    refused.add(Problem.of(reason).forFile(name));
            }
        }
        return accepted.isEmpty() ? allRefused(refused) : accepted(accepted, refused);
    }

    private CompletableFuture<Receipt> take(FileUpload file, Sender sender, String suffix)
            throws IOException, InterruptedException {
        if (file.size() > intake.maxBytes()) {
            return CompletableFuture.completedFuture(tooLarge(file.size() + " bytes"));
        }
        Optional<InFlight.Reservation> reservation = inFlight.reserve((int) file.size());
        if (reservation.isEmpty()) {
            return CompletableFuture.completedFuture(new Receipt.Unavailable("too many images are in flight"));
        }
        try {
            return intake.take(sender.upload(Files.readAllBytes(file.uploadedFile()), suffix))
                    .toCompletableFuture()
                    .whenComplete((receipt, failure) -> reservation.get().close());
        } catch (IOException | RuntimeException e) {
            reservation.get().close();
            throw e;
        }
    }

    private Receipt.Refused tooLarge(String found) {
        return new Receipt.Refused(RejectionReason.TOO_MANY_BYTES, found + ", allowed are " + intake.maxBytes());
    }

    private static Response accepted(List<Uploaded.Image> accepted, List<Problem> refused) {
        return Response.accepted(new Uploaded(accepted, refused))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    private static Response allRefused(List<Problem> refused) {
        return refused.stream()
                .filter(Problem::isTransient)
                .findFirst()
                .or(() -> refused.stream()
                        .filter(problem ->
                                problem.status() != refused.getFirst().status())
                        .findFirst()
                        .map(other -> Problem.mixed()))
                .orElseGet(refused::getFirst)
                .with(refused)
                .response();
    }

    /// The rest of the body is not read, so a connection of HTTP/1 cannot be used again.
    private static Response closing(HttpServerRequest request, Response response) {
        return request.version() == HttpVersion.HTTP_2
                ? response
                : Response.fromResponse(response).header("Connection", "close").build();
    }
}
