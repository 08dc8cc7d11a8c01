package io.caracal.trainer.report;

import io.caracal.contracts.ModelCard;
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
}
