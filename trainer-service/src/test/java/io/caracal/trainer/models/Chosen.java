package io.caracal.trainer.models;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// Presets with options as a table of a test writes them: `pool=mean;attention=axial`.
public final class Chosen {
    private Chosen() {}

    public static Architecture preset(String name, String settings) {
        return new Presets().named(name, settings(settings));
    }

    static Map<String, String> settings(String settings) {
        return Arrays.stream(settings.split(";", -1))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
