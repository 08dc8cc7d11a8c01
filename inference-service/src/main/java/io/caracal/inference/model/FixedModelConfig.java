package io.caracal.inference.model;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Switches the `models` channel off when the model is fixed by `caracal.model.file`.
public final class FixedModelConfig implements ConfigSourceFactory {
    private static final int ABOVE_APPLICATION_PROPERTIES = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String file = context.getValue("caracal.model.file").getValue();
        if (file == null || file.isBlank()) {
            return List.of();
        }
        return List.of(new PropertiesConfigSource(
                Map.of(
                        "mp.messaging.incoming.models.enabled",
                        "false",
                        // It warns that nothing feeds the watcher, which is what is wanted.
                        "quarkus.log.category.\"io.smallrye.reactive.messaging.provider\".level",
                        "ERROR"),
                "models channel off, the model is fixed",
                ABOVE_APPLICATION_PROPERTIES));
    }
}
