package io.caracal.trainer.report;

import io.caracal.trainer.models.RecipeSettings;
import java.util.Map;
import java.util.TreeMap;

/// Where the model comes from: enough to do the run again.
final class ProvenanceSection {
    private ProvenanceSection() {}

    static Element of(RunReport run) {
        Map<String, String> about = Sections.facts();
        about.put("model", run.card().name() + " " + run.card().version());
        about.put("file", run.model());
        about.put("parity", run.parity().summary());
        Machine machine = run.machine();
        about.put("device", machine.device());
        about.put("processors", String.valueOf(machine.processors()));
        about.put("system", machine.system());
        about.put("Java", machine.java() + ", heap up to " + Numbers.bytes(machine.heapBytes()));
        about.put("training engine", machine.engine() + " with DJL " + machine.djl());
        about.put("ONNX Runtime", machine.onnxRuntime());
        Map<String, String> recipe = Sections.facts();
        recipe.putAll(RecipeSettings.of(run.recipe()));
        return Sections.section(
                "Provenance",
                Sections.facts(about),
                Element.text("h3", "Data, split and what the model's card says"),
                Sections.facts(new TreeMap<>(run.card().provenance())),
                Sections.folded("The whole recipe", Sections.facts(recipe)));
    }
}
