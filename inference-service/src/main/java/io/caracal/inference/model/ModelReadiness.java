package io.caracal.inference.model;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready once a model answers. A newer one that was refused is told, and changes nothing.
@Readiness
class ModelReadiness implements HealthCheck {
    private final ModelSlot slot;
    private final Deployment deployment;

    ModelReadiness(ModelSlot slot, Deployment deployment) {
        this.slot = slot;
        this.deployment = deployment;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("model");
        slot.current()
                .ifPresentOrElse(
                        model -> response.up()
                                .withData("name", model.ref().name())
                                .withData("version", model.ref().version()),
                        () -> response.down().withData("reason", "waiting for a model"));
        deployment.problem().ifPresent(problem -> response.withData("refused", problem));
        return response.build();
    }
}
