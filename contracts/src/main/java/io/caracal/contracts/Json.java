package io.caracal.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How the records of this package are written as JSON: fields in the order of declaration, times as ISO 8601, absent
/// optionals left out, the names of enums in lower case. Readers ignore fields that they do not know, so that a newer
/// writer breaks nobody.
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, null))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private static final Pattern JACKSON_HINT = Pattern.compile("(?s) \\(set DeserializationConfig.*|\\R.*");

    private Json() {}

    /// UTF-8 on one line, without a line break.
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not a record of the contracts: " + value.getClass().getName(), e);
        }
    }

    /// @throws MalformedRecordException if the bytes are not JSON, or a field is missing or wrong
    public static <T> T read(byte[] bytes, Class<T> type) {
        if (bytes == null) {
            throw new MalformedRecordException("not a " + type.getSimpleName() + ": there are no bytes");
        }
        try (JsonParser parser = new JsonFactory().createParser(bytes)) {
            return read(parser, MAPPER.readerFor(type), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads what a person wrote, in any format that Jackson has a parser for: unknown fields are errors, because
    /// they are misspelt.
    ///
    /// @throws MalformedRecordException if it cannot be parsed, or a field is missing, wrong or unknown
    public static <T> T readHandwritten(JsonParser parser, Class<T> type) {
        return read(parser, MAPPER.readerFor(type).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES), type);
    }

    private static <T> T read(JsonParser parser, ObjectReader reader, Class<T> type) {
        try {
            T value = reader.readValue(parser, type);
            if (value == null) {
                throw new MalformedRecordException("not a " + type.getSimpleName() + ": it is null");
            }
            return value;
        } catch (JsonMappingException e) {
            throw new MalformedRecordException("not a " + type.getSimpleName() + ": " + oneLine(e), e);
        } catch (JsonProcessingException e) {
            throw new MalformedRecordException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            // Bytes that are no text: nothing else is read here.
            throw new MalformedRecordException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /// Jackson's message without its hints for programmers, and the field it is about.
    private static String oneLine(JsonMappingException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnrecognizedPropertyException unknown) {
            return unknown.getPropertyName() + " is not a field, allowed is one of "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        String message = root instanceof JsonProcessingException json ? json.getOriginalMessage() : root.getMessage();
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return JACKSON_HINT.matcher(String.valueOf(message)).replaceFirst("")
                + (path.isEmpty() ? "" : " (at " + path + ")");
    }
}
