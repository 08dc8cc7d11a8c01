package io.caracal.ingest.publish;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while Kafka takes images.
@Readiness
@Singleton
final class KafkaReadiness implements HealthCheck {
    private final KafkaState kafka;

    KafkaReadiness(KafkaState kafka) {
        this.kafka = kafka;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("kafka");
        return kafka.problem()
                .map(problem -> response.down().withData("problem", problem))
                .orElseGet(response::up)
                .build();
    }
}
