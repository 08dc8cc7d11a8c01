package io.caracal.trainer.pretrained;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a program calls the tensors of its weights files and how they lie in there (spec 3.1 to 3.3).
sealed interface Layout
        permits TimmLayout, HuggingFaceLayout, GoogleLayout, TorchvisionLayout, LucidrainsLayout, TntLayout {

    /// For people: `Hugging Face ViT`.
    String label();

    boolean recognises(Set<String> names);

    /// The file's tensors under the names of our weights and in their shapes. A tensor that the layout does not
    /// know keeps its name.
    Map<String, Source> translated(Map<String, Source> file);

    /// Options that its program's models always have, of those that leave the weights as they are.
    default Map<String, String> options() {
        return Map.of();
    }

    /// The layout of a file. Names that nobody else has are timm's, which are ours.
    static Layout of(Set<String> names) {
        List<Layout> layouts = List.of(
                new HuggingFaceLayout(),
                new GoogleLayout(),
                new TorchvisionLayout(),
                new LucidrainsLayout(),
                new TntLayout());
        return layouts.stream()
                .filter(layout -> layout.recognises(names))
                .findFirst()
                .orElseGet(TimmLayout::new);
    }
}
