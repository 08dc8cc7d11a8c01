package io.caracal.inference;

import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.inference.model.Deployment;
import io.caracal.inference.model.ModelSlot;
import io.caracal.inference.model.ModelStore;
import io.caracal.inference.pipeline.Pipeline;
import io.caracal.inference.pipeline.StageClock;
import io.caracal.inference.stream.StreamLoop;
import io.caracal.service.TopicsConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts the service together, starts it and stops it: the stream first, then what it uses.
@ApplicationScoped
class InferenceService {
    private static final Duration FETCH_AGAIN_AFTER = Duration.ofSeconds(5);

    @Produces
    @Singleton
    Settings settings(
            InferenceConfig inference,
            ModelConfig model,
            TopicsConfig topics,
            @ConfigProperty(name = "quarkus.http.port") int httpPort) {
        return Settings.of(inference, model, topics, httpPort);
    }

    @Produces
    @Singleton
    InferenceMetrics metrics(MeterRegistry registry) {
        return new InferenceMetrics(registry);
    }

    @Produces
    @Singleton
    ModelSlot slot() {
        return new ModelSlot();
    }

    @Produces
    @Singleton
    Deployment deployment(ModelSlot slot, Settings settings, @All List<ModelStore> stores, InferenceMetrics metrics) {
        return new Deployment(slot, settings.model(), stores, metrics, InstantSource.system(), FETCH_AGAIN_AFTER);
    }

    @Produces
    @Singleton
    Pipeline pipeline(ModelSlot slot, Settings settings, InferenceMetrics metrics) {
        return new Pipeline(slot, settings.pipeline(), metrics, StageClock.system());
    }

    @Produces
    @Singleton
    StreamLoop stream(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ModelSlot slot,
            Pipeline pipeline,
            Settings settings,
            InferenceMetrics metrics) {
        return new StreamLoop(kafka, slot, pipeline, settings.stream(), metrics);
    }

    void start(@Observes StartupEvent event, Deployment deployment, StreamLoop stream) {
        deployment.start();
        stream.start();
    }

    void stop(
            @Observes ShutdownEvent event,
            StreamLoop stream,
            Deployment deployment,
            Pipeline pipeline,
            ModelSlot slot) {
        stream.close();
        deployment.close();
        pipeline.close();
        slot.close();
    }
}
