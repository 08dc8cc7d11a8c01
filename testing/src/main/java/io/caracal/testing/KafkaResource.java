package io.caracal.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// A real Kafka with the six topics for a `@QuarkusTest`: `@WithTestResource(KafkaResource.class)`. The service under
/// test and the test itself find it by the setting `kafka.bootstrap.servers`.
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";

    private RealKafka kafka;

    @Override
    public Map<String, String> start() {
        kafka = RealKafka.start();
        return Map.of(BOOTSTRAP_SERVERS, kafka.bootstrapServers());
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
