package io.caracal.trainer.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.util.HashMap;
import java.util.Map;

/// The service without Kafka, with a model store of its own and a folder of images.
public final class InMemoryChannels implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(InMemoryConnector.switchOutgoingChannelsToInMemory("models"));
        settings.putAll(InMemoryConnector.switchOutgoingChannelsToInMemory("training-runs"));
        settings.putAll(TestFolders.settings());
        return settings;
    }

    @Override
    public void stop() {
        InMemoryConnector.clear();
    }
}
