package io.caracal.inference.stream;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while images are read.
@Readiness
class StreamReadiness implements HealthCheck {
    private final StreamLoop loop;

    StreamReadiness(StreamLoop loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        return switch (loop.state()) {
            case StreamState.Running running -> HealthCheckResponse.up("stream");
            case StreamState.WaitingForModel waiting -> down("waiting for a model");
            case StreamState.Connecting connecting -> down("connecting to Kafka");
            case StreamState.Recovering(String reason) -> down(reason);
            case StreamState.Stopped stopped -> down("stopped");
            case StreamState.Dead(String reason) -> down(reason);
        };
    }

    private static HealthCheckResponse down(String reason) {
        return HealthCheckResponse.named("stream")
                .down()
                .withData("reason", reason)
                .build();
    }
}
