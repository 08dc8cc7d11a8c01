package io.caracal.trainer.models;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The architectures that can be trained, by name. An open set: every [Architecture] on the class path is in it.
public final class Presets {
    private final Map<String, Architecture> byName = new TreeMap<>();

    public Presets() {
        ServiceLoader.load(Architecture.class, Architecture.class.getClassLoader())
                .forEach(this::add);
        ServiceLoader.load(Family.class, Family.class.getClassLoader())
                .forEach(family -> family.presets().forEach(this::add));
    }

    /// In alphabetical order.
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /// @throws IllegalArgumentException if there is none of that name; the message lists those that are there
    public Architecture named(String name) {
        Architecture found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("preset is " + name + Nearest.hint(name, byName.keySet())
                    + ", allowed is one of " + String.join(", ", byName.keySet()));
        }
        return found;
    }

    /// A preset with options set by their names: `attention` to `local`.
    ///
    /// @throws IllegalArgumentException if there is no such preset or option, a value is not allowed, or options do
    ///     not go together; in one line
    public Architecture named(String name, Map<String, String> settings) {
        Architecture architecture = named(name);
        if (settings.isEmpty()) {
            return architecture;
        }
        Options options = architecture.options();
        for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        return architecture.with(options);
    }

    private void add(Architecture architecture) {
        byName.put(architecture.name(), architecture);
    }
}
