package io.caracal.ingest;

import io.caracal.broker.ChildBroker;
import io.caracal.contracts.TopicCreator;
import io.caracal.contracts.TopicSpec;
import io.caracal.contracts.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/// A broker that the test itself stops and starts.
public final class StoppableKafka implements QuarkusTestResourceLifecycleManager {
    private Path folder;
    private ChildBroker broker;

    /// Marks the field of a test that gets this resource.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    public @interface Here {}

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("caracal-ingest-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = ChildBroker.start(folder);
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCreator(admin).createMissing(TopicSpec.all(Topics.DEFAULTS));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the topics cannot be created", e);
        }
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.AnnotatedAndMatchesType(Here.class, StoppableKafka.class));
    }

    void stopBroker() {
        broker.stop();
    }

    void startBroker() {
        broker.restart();
    }

    @Override
    public void stop() {
        broker.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
