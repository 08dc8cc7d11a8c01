package io.caracal.trainer.report;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.models.Presets;
import java.util.Map;
import java.util.TreeMap;

/// The options of its architecture that a model's card tells.
final class CardOptions {
    private static final String PREFIX = "option.";

    private CardOptions() {}

    static Map<String, String> of(ModelCard card) {
        Map<String, String> options = new TreeMap<>();
        card.provenance().forEach((property, value) -> {
            if (property.startsWith(PREFIX)) {
                options.put(property.substring(PREFIX.length()), value);
            }
        });
        return options;
    }

    /// Those of them that differ from what the preset has; all of them if there is no such preset any more.
    static Map<String, String> chosen(ModelCard card) {
        Map<String, String> options = of(card);
        String preset = card.provenance().get("recipe.preset");
        var presets = new Presets();
        if (preset != null && presets.names().contains(preset)) {
            options.entrySet()
                    .removeAll(presets.named(preset).options().asText().entrySet());
        }
        return options;
    }
}
