package io.caracal.ingest;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/// The service with its channel in memory and small limits.
public class InMemoryProfile implements QuarkusTestProfile {
    static final int MAX_BYTES = 100_000;

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(AlwaysThere.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "mp.messaging.outgoing.images.connector", "smallrye-in-memory",
                "caracal.ingest.admit.max-bytes", String.valueOf(MAX_BYTES),
                "caracal.ingest.admit.max-pixels", "1000000",
                "caracal.ingest.publish.timeout", "500MS",
                "kafka.bootstrap.servers", "127.0.0.1:1");
    }
}
