package io.caracal.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.contracts.ModelCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds the card of a model file: inside it, or beside it as `NAME.card.yaml`, `.yml` or `.json`. In a card beside
/// the file, `labels` may be the name of a text file with one label a line: a thousand labels are better kept there.
final class CardSource {
    private static final List<String> SUFFIXES = List.of(".card.yaml", ".card.yml", ".card.json");
    private static final String LABELS = "labels";

    private CardSource() {}

    /// @param embedded the file's metadata property [ModelCard#METADATA_KEY]
    /// @throws ModelException if there is a card and it is not valid
    static Optional<ModelCard> find(Path file, Optional<String> embedded) {
        if (embedded.isPresent()) {
            return Optional.of(parse(
                    "property " + ModelCard.METADATA_KEY,
                    () -> Json.read(embedded.get().getBytes(StandardCharsets.UTF_8), ModelCard.class)));
        }
        for (String suffix : SUFFIXES) {
            Path card = file.resolveSibling(stem(file) + suffix);
            if (Files.isRegularFile(card)) {
                return Optional.of(parse(card.getFileName().toString(), () -> read(card)));
            }
        }
        return Optional.empty();
    }

    /// The name that a card is looked for under first.
    static String expected(Path file) {
        return stem(file) + SUFFIXES.getFirst();
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }

    private interface Parser {
        ModelCard parse() throws IOException;
    }

    private static ModelCard parse(String where, Parser parser) {
        try {
            return parser.parse();
        } catch (MalformedRecordException | IOException e) {
            throw new ModelException("the card in " + where + " is not valid: " + OneLine.of(e), e);
        }
    }

    private static ModelCard read(Path card) throws IOException {
        ObjectMapper format = card.toString().endsWith(".json") ? new JsonMapper() : new YAMLMapper();
        JsonNode tree;
        try {
            tree = format.readTree(Files.readAllBytes(card));
        } catch (JsonProcessingException e) {
            throw new MalformedRecordException(e.getOriginalMessage(), e);
        }
        if (tree instanceof ObjectNode fields && fields.path(LABELS).isTextual()) {
            Path list = card.resolveSibling(fields.path(LABELS).asText());
            fields.set(LABELS, format.valueToTree(labels(list)));
        }
        return Json.readHandwritten(tree.traverse(), ModelCard.class);
    }

    private static List<String> labels(Path list) throws IOException {
        return Files.readAllLines(list).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
