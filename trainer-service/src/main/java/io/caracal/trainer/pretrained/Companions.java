package io.caracal.trainer.pretrained;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Option;
import io.caracal.trainer.models.PixelRange;
import io.caracal.trainer.models.VisionTransformers;
import io.caracal.trainer.tensor.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What lies beside a file of weights and tells how they were trained: `config.json` of Hugging Face and timm,
/// `preprocessor_config.json` of Hugging Face (spec 3.2 and 3.4). Networks are not changed by it: where they differ, a
/// person is told.
final class Companions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final float CLOSE = 1e-3f;

    private final Path folder;
    private final Architecture architecture;

    Companions(Path weights, Architecture architecture) {
        folder = weights.toAbsolutePath().getParent();
        this.architecture = architecture;
    }

    /// A line for each difference.
    List<String> differences() throws IOException {
        List<String> notes = new ArrayList<>();
        Optional<JsonNode> config = json("config.json", notes);
        config.map(json -> json.path("layer_norm_eps"))
                .filter(JsonNode::isNumber)
                .flatMap(this::norms)
                .ifPresent(notes::add);
        config.map(json -> json.path("pretrained_cfg"))
                .flatMap(json -> pixels("config.json", json.path("mean"), json.path("std")))
                .ifPresent(notes::add);
        json("preprocessor_config.json", notes)
                .flatMap(json -> pixels("preprocessor_config.json", json.path("image_mean"), json.path("image_std")))
                .ifPresent(notes::add);
        return notes;
    }

    /// Of a family whose layer norms have a choice.
    private Optional<String> norms(JsonNode epsilon) {
        String option = VisionTransformers.LN_EPS.name();
        return Optional.ofNullable(architecture.options().asText().get(option))
                .filter(now -> Float.parseFloat(now) != epsilon.floatValue())
                .map(now -> "config.json: layer norms were trained with an epsilon of " + epsilon.asText()
                        + ", here it is " + option + "=" + now);
    }

    private Optional<String> pixels(String file, JsonNode mean, JsonNode deviation) {
        Normalization now = architecture.normalization();
        return mean.isMissingNode() || deviation.isMissingNode() || isClose(mean, deviation, now)
                ? Optional.empty()
                : Optional.of(file + ": pixels had mean " + mean + " and deviation " + deviation + ", those of "
                        + architecture.name() + " have " + Arrays.toString(now.mean()) + " and "
                        + Arrays.toString(now.std()) + remedy(mean, deviation));
    }

    /// The option that makes them the same, if there is one.
    private String remedy(JsonNode mean, JsonNode deviation) {
        if (!architecture.options().asText().containsKey(Option.NORMALIZATION)) {
            return "";
        }
        return Arrays.stream(PixelRange.values())
                .filter(pixels -> isClose(mean, deviation, pixels.normalization()))
                .findFirst()
                .map(pixels -> "; " + Option.NORMALIZATION + "=" + Option.text(pixels) + " makes them the same")
                .orElse("");
    }

    private static boolean isClose(JsonNode mean, JsonNode deviation, Normalization ours) {
        return isClose(mean, ours.mean()) && isClose(deviation, ours.std());
    }

    private static boolean isClose(JsonNode values, float... ours) {
        if (values.size() != ours.length) {
            return false;
        }
        for (int i = 0; i < ours.length; i++) {
            if (Math.abs(values.get(i).floatValue() - ours[i]) > CLOSE) {
                return false;
            }
        }
        return true;
    }

    private Optional<JsonNode> json(String name, List<String> notes) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            notes.add(name + " beside the weights is not JSON, so what it says is not known");
            return Optional.empty();
        }
    }
}
