package io.caracal.ingest;

import io.caracal.contracts.Topics;
import io.caracal.ingest.publish.KafkaState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// What somebody who opens the address in a browser wants to know.
@Path("/")
public class InfoResource {
    private final Topics topics;
    private final KafkaState kafka;
    private final String version;

    InfoResource(
            Topics topics, KafkaState kafka, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.topics = topics;
        this.kafka = kafka;
        this.version = version;
    }

    /// @param kafka "ready" or what is wrong
    public record Info(
            String service, String version, String topic, String kafka, String upload, String api, String health) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What this service is and where its parts are")
    public Info info() {
        return new Info(
                "caracal-ingest",
                version,
                topics.images(),
                kafka.problem().orElse("ready"),
                "POST /images",
                "/q/openapi",
                "/q/health");
    }
}
