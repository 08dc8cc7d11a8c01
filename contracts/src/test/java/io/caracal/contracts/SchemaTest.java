package io.caracal.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
    private static final String FOLDER = "/io/caracal/contracts/";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Arguments> records() {
        var diverged = new TrainingEvent(
                "r",
                TrainingEvent.State.FAILED,
                "seed-cnn",
                Instant.EPOCH,
                Optional.of(
                        new TrainingEvent.Progress(1, 2, 3, 4, Double.NaN, 0.5, 1, Optional.empty(), Optional.empty())),
                Optional.empty(),
                Optional.of("the loss is not a number"));
        return Stream.of(
                Arguments.of("prediction", Examples.prediction()),
                Arguments.of("model-card", Examples.card()),
                Arguments.of("model-published", Examples.model(new ModelPublished.Stage.Champion())),
                Arguments.of("model-published", Examples.model(new ModelPublished.Stage.Shadow())),
                Arguments.of("model-published", Examples.model(new ModelPublished.Stage.Canary(99))),
                Arguments.of("training-event", Examples.trainingEvent()),
                Arguments.of("training-event", diverged),
                Arguments.of("feedback", Examples.feedback()));
    }

    @ParameterizedTest
    @MethodSource("records")
    void acceptsWhatIsReallyWritten(String schema, Record record) throws IOException {
        // When
        Set<ValidationMessage> messages = schema(schema).validate(MAPPER.readTree(Json.write(record)));

        // Then
        assertThat(messages).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void namesEveryFieldThatIsWritten(String schema, Record record) throws IOException {
        // When
        var unnamed = new TreeSet<String>();
        unnamed(schema, resource(schema), MAPPER.readTree(Json.write(record)), "", unnamed);

        // Then
        assertThat(unnamed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "prediction | \"offset\":42 | \"offset\":-1",
                "prediction | \"probability\":0.75 | \"probability\":1.75",
                "prediction | \"2026-11-01T10:00:01Z\" | \"yesterday\"",
                "prediction | \"id\":\"gate-3/000017\", | ",
                "model-published | \"0f0f | \"0F0f",
                "model-published | champion | canary",
                "model-published | uint8-nhwc | nhwc",
                "training-event | succeeded | SUCCEEDED",
                "feedback | \"label\":\"dog\" | \"label\":3"
            })
    void refusesWhatIsWrong(String schema, String right, String wrong) throws IOException {
        // Given
        Record record = (Record) records()
                .filter(each -> each.get()[0].equals(schema))
                .findFirst()
                .orElseThrow()
                .get()[1];
        String json = MAPPER.readTree(Json.write(record)).toString();

        // When
        Set<ValidationMessage> messages =
                schema(schema).validate(MAPPER.readTree(json.replace(right, wrong == null ? "" : wrong)));

        // Then
        assertThat(json).contains(right);
        assertThat(messages).isNotEmpty();
    }

    @Test
    void allowsAHandwrittenCardOfFewFields() throws IOException {
        // Given
        String card = """
                {"name": "x", "labels": ["cat"], "input": {"width": 224, "height": 224}}""";

        // When, Then
        assertThat(schema("model-card").validate(MAPPER.readTree(card))).isEmpty();
    }

    /// Walks the record and the schema side by side.
    private static void unnamed(String file, JsonNode schema, JsonNode value, String path, Set<String> unnamed)
            throws IOException {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText().replace(".schema.json", "");
            unnamed(name, resource(name), value, path, unnamed);
        } else if (schema.has("oneOf") && value.isObject()) {
            var choices = new ArrayList<Set<String>>();
            for (JsonNode choice : schema.get("oneOf")) {
                choices.add(new TreeSet<>());
                unnamed(file, choice, value, path, choices.getLast());
            }
            unnamed.addAll(Collections.min(choices, Comparator.comparing(Set::size)));
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                unnamed(file, schema.path("items"), element, path + "[]", unnamed);
            }
        } else if (value.isObject() && !schema.has("additionalProperties")) {
            for (var field : value.properties()) {
                JsonNode property = schema.path("properties").path(field.getKey());
                if (property.isMissingNode()) {
                    unnamed.add(file + ": " + path + "." + field.getKey());
                }
                unnamed(file, property, field.getValue(), path + "." + field.getKey(), unnamed);
            }
        }
    }

    private static JsonNode resource(String name) throws IOException {
        try (var in = SchemaTest.class.getResourceAsStream(FOLDER + name + ".schema.json")) {
            return MAPPER.readTree(in);
        }
    }

    private static JsonSchema schema(String name) {
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("classpath:" + FOLDER + name + ".schema.json"), config);
    }
}
