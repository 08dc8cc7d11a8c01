package io.caracal.inference.stream;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive as long as the stream can still get going by itself: without a model, without a broker, it only waits.
@Liveness
class StreamLiveness implements HealthCheck {
    private final StreamLoop loop;

    StreamLiveness(StreamLoop loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        return switch (loop.state()) {
            case StreamState.Dead(String reason) ->
                HealthCheckResponse.named("stream")
                        .down()
                        .withData("reason", reason)
                        .build();
            case StreamState.Running running -> HealthCheckResponse.up("stream");
            case StreamState.WaitingForModel waiting -> HealthCheckResponse.up("stream");
            case StreamState.Connecting connecting -> HealthCheckResponse.up("stream");
            case StreamState.Recovering recovering -> HealthCheckResponse.up("stream");
            case StreamState.Stopped stopped -> HealthCheckResponse.up("stream");
        };
    }
}
