package io.caracal.ingest.source;

import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Starts the sources that the settings name and stops them with the service.
@Singleton
final class ImageSources {
    private final Map<String, ImageSource> known = new TreeMap<>();
    private final List<ImageSource> started = new ArrayList<>();
    private final SourceSettings settings;

    ImageSources(SourceSettings settings, @All @Any List<InstanceHandle<ImageSource>> sources) {
        this.settings = settings;
        for (InstanceHandle<ImageSource> source : sources) {
            source.getBean().getQualifiers().stream()
                    .filter(Identifier.class::isInstance)
                    .map(qualifier -> ((Identifier) qualifier).value())
                    .forEach(name -> known.put(name, source.get()));
        }
    }

    void start(@Observes StartupEvent event) {
        for (String name : settings.names()) {
            ImageSource source = known.get(name);
            if (source == null) {
                throw new IllegalArgumentException(
                        "caracal.ingest.sources is " + settings.names() + ", allowed are " + known.keySet());
            }
            source.start();
            started.add(source);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        started.forEach(ImageSource::stop);
    }
}
