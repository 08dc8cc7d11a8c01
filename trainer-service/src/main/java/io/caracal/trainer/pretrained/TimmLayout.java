package io.caracal.trainer.pretrained;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// timm's names, which ours are too: of its ViTs, DeiTs, hybrids, TNTs and BiTs, of torchvision's ResNets, and
/// of the checkpoints that runs leave. In one with averaged weights those are what was validated, so they are
/// taken.
record TimmLayout() implements Layout {
    private static final String AVERAGE = "ema.";

    @Override
    public String label() {
        return "timm";
    }

    @Override
    public boolean recognises(Set<String> names) {
        return true;
    }

    @Override
    public Map<String, Source> translated(Map<String, Source> file) {
        Map<String, Source> best = new LinkedHashMap<>(file);
        file.forEach((name, source) -> {
            if (name.startsWith(AVERAGE) && file.containsKey(name.substring(AVERAGE.length()))) {
                best.put(name.substring(AVERAGE.length()), source);
                best.remove(name);
            }
        });
        return best;
    }
}
