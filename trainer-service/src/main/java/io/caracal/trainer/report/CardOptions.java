package io.caracal.trainer.report;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.models.Presets;
import java.util.Map;

/// The options of its architecture that a model's card tells.
final class CardOptions {
    private CardOptions() {}

    /// Those that differ from what the preset has; all of them if there is no such preset any more.
    static Map<String, String> chosen(ModelCard card) {
        Map<String, String> options = Options.among(card.provenance());
        String preset = card.provenance().get("recipe.preset");
        var presets = new Presets();
        if (preset != null && presets.names().contains(preset)) {
            options.entrySet()
                    .removeAll(presets.named(preset).options().asText().entrySet());
        }
        return options;
    }
}
