package io.caracal.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caracal.contracts.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds the card of a model file: inside it, or beside it as `NAME.card.yaml`, `.yml` or `.json`.
final class CardSource {
    private static final List<String> SUFFIXES = List.of(".card.yaml", ".card.yml", ".card.json");

    private CardSource() {}

    /// @param embedded the file's metadata property [ModelCard#METADATA_KEY]
    static Optional<CardDocument> find(Path file, Optional<String> embedded) {
        if (embedded.isPresent()) {
            // A newer exporter may say more than we know; a person's unknown key is a typing mistake.
            ObjectMapper mapper = JsonMapper.builder()
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
            return Optional.of(parse(mapper, embedded.get(), "its property " + ModelCard.METADATA_KEY));
        }
        for (String suffix : SUFFIXES) {
            Path card = file.resolveSibling(stem(file) + suffix);
            if (Files.isRegularFile(card)) {
                return Optional.of(read(card));
            }
        }
        return Optional.empty();
    }

    static String expected(Path file) {
        return stem(file) + SUFFIXES.getFirst();
    }

    /// The file's name without `.onnx`.
    static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }

    private static CardDocument read(Path card) {
        String text;
        try {
            text = Files.readString(card);
        } catch (IOException e) {
            throw new ModelException("the card " + card + " cannot be read", e);
        }
        ObjectMapper mapper = (card.toString().endsWith(".json") ? JsonMapper.builder() : YAMLMapper.builder())
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return parse(mapper, text, card.getFileName().toString());
    }

    /// `resize.rule: `, or nothing when the text is not even JSON or YAML.
    private static String key(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        return mapping.getPath().stream()
                        .map(part -> part.getFieldName() != null ? part.getFieldName() : "[" + part.getIndex() + "]")
                        .collect(Collectors.joining("."))
                + ": ";
    }

    private static CardDocument parse(ObjectMapper mapper, String text, String where) {
        try {
            CardDocument card = mapper.readValue(text, CardDocument.class);
            if (card == null) {
                throw new ModelException("the card in " + where + " is empty");
            }
            return card;
        } catch (JsonProcessingException e) {
            throw new ModelException(
                    "the card in " + where + " is not valid: " + key(e)
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }
}
