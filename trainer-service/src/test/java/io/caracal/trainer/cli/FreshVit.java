package io.caracal.trainer.cli;

import io.caracal.contracts.ModelCard;
import io.caracal.scoring.Device;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.release.OnnxExport;
import io.caracal.trainer.tensor.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The file of a `vit-ti-16` that nobody has trained.
final class FreshVit {
    private FreshVit() {}

    /// @param size width and height of its images
    /// @param labels two
    static Path write(Path file, int size, String name, List<String> labels) throws IOException {
        ModelCard card = new ModelCard(
                name,
                "7",
                labels,
                ModelCard.Input.pixels(OnnxExport.INPUT, size, size),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output(OnnxExport.LOGITS, ModelCard.Output.Kind.LOGITS),
                Map.of());
        Map<String, String> options = Map.of("image-size", String.valueOf(size));
        try (Compute compute = Compute.open(Device.CPU, 1);
                Network network = Network.create(new Presets().named("vit-ti-16", options), 2, compute, 1)) {
            return Files.write(file, OnnxExport.write(network, card));
        }
    }
}
