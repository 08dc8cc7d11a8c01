package io.caracal.ingest.source;

import java.util.List;

/// @param names of the sources that run beside HTTP
public record SourceSettings(List<String> names) {
    public SourceSettings {
        names = List.copyOf(names);
    }
}
