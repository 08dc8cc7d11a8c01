package io.caracal.trainer.models;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A recipe as a file: YAML with the keys of [RecipeSettings], of which `preset` must be there.
public final class RecipeFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RecipeFile() {}

    /// @return its settings, still to be checked by [RecipeSettings#changed]
    /// @throws IllegalArgumentException in one line, if it is not there, not YAML or not settings
    public static ObjectNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("recipe is " + file + ", there is no such file");
        }
        byte[] bytes = Files.readAllBytes(file);
        JsonNode content;
        try {
            content = YAML.readTree(bytes);
        } catch (IOException e) {
            // Of the bytes: they are no text or no YAML.
            String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException(
                    "recipe " + file + " is not YAML: "
                            + message.lines().findFirst().orElse("").replaceFirst("^[\\w.]+Exception: ", ""),
                    e);
        }
        if (!(content instanceof ObjectNode settings)
                || !settings.path("preset").isTextual()) {
            throw new IllegalArgumentException(
                    "recipe " + file + " names no preset, needed is a line like: preset: seed-cnn");
        }
        return settings;
    }
}
