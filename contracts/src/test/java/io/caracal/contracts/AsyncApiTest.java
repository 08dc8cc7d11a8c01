package io.caracal.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/// The document says what the code does.
class AsyncApiTest {
    private static final JsonNode DOCUMENT = document();

    @Test
    void describesTheTopicsAsTheyAreCreated() {
        // Given
        Map<String, TopicSpec> specs = new TreeMap<>();
        TopicSpec.all(Topics.DEFAULTS).forEach(spec -> specs.put(spec.name(), spec));

        // When
        Map<String, JsonNode> channels = new TreeMap<>();
        DOCUMENT.get("channels")
                .forEach(channel -> channels.put(channel.get("address").asText(), channel));

        // Then
        assertThat(channels.keySet()).isEqualTo(specs.keySet());
        channels.forEach((name, channel) -> {
            JsonNode kafka = channel.at("/bindings/kafka");
            assertThat(kafka.get("partitions").asInt())
                    .isEqualTo(specs.get(name).partitions());
            var settings = new TreeMap<String, String>();
            for (var setting : kafka.get("topicConfiguration").properties()) {
                JsonNode value = setting.getValue();
                settings.put(setting.getKey(), value.isArray() ? value.get(0).asText() : value.asText());
            }
            assertThat(settings).isEqualTo(new TreeMap<>(specs.get(name).settings()));
        });
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        // When
        var references = DOCUMENT.findValuesAsText("$ref");

        // Then
        assertThat(references).hasSizeGreaterThan(15).allSatisfy(reference -> {
            boolean found = reference.startsWith("#")
                    ? !DOCUMENT.at(reference.substring(1)).isMissingNode()
                    : AsyncApiTest.class.getResource(reference.substring(2)) != null;
            assertThat(found).isTrue();
        });
    }

    @Test
    void namesEveryHeaderThatIsWritten() {
        // Given
        var image = Examples.image(new byte[] {1}).toRecord("images");
        var rejected = RejectedRecord.write("images-rejected", Examples.received(image), Examples.rejection());
        var omitted = RejectedRecord.write(
                "images-rejected",
                Examples.received(null, new byte[RecordLimits.REJECTED_RECORD], new RecordHeaders()),
                Examples.rejection());
        var prediction = PredictionRecord.write("predictions", null, Examples.prediction());

        // When
        var imageHeaders = properties("image");
        var rejectedHeaders = new TreeSet<>(properties("rejected"));
        rejectedHeaders.addAll(imageHeaders);

        // Then
        assertThat(names(image)).isEqualTo(imageHeaders);
        assertThat(names(prediction)).isEqualTo(properties("prediction"));
        var written = names(rejected);
        written.addAll(names(omitted));
        assertThat(written).isEqualTo(rejectedHeaders);
    }

    @Test
    void valuesOfHeadersAreAsDescribed() {
        // Given
        var image = Examples.image(new byte[] {1}).toRecord("images");
        var rejected = RejectedRecord.write("images-rejected", Examples.received(image), Examples.rejection());
        JsonNode headers = DOCUMENT.at("/components/messages/rejected/headers");

        // When
        Map<String, String> values = new TreeMap<>();
        rejected.headers().forEach(header -> values.put(header.key(), new String(header.value(), UTF_8)));

        // Then
        for (JsonNode name : headers.get("required")) {
            assertThat(values).containsKey(name.asText());
        }
        assertThat(values.get("caracal_offset"))
                .matches(Pattern.compile(
                        headers.at("/properties/caracal_offset/pattern").asText()));
        List<String> reasons = new ArrayList<>();
        headers.at("/properties/caracal_reason/enum").forEach(reason -> reasons.add(reason.asText()));
        assertThat(reasons)
                .containsExactlyElementsOf(List.of(RejectionReason.values()).stream()
                        .map(RejectionReason::code)
                        .toList());
        JsonNode imageHeaders = DOCUMENT.at("/components/messages/image/headers/properties");
        assertThat(imageHeaders.at("/ce_type/const").asText()).isEqualTo(CloudEvents.IMAGE);
        assertThat(imageHeaders.at("/ce_specversion/const").asText()).isEqualTo(CloudEvents.VERSION);
        assertThat(imageHeaders.at("/ce_id/maxLength").asInt()).isEqualTo(ImageEvent.MAX_TEXT_LENGTH);
    }

    private static Set<String> properties(String message) {
        var names = new TreeSet<String>();
        DOCUMENT.at("/components/messages/" + message + "/headers/properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private static Set<String> names(ProducerRecord<byte[], byte[]> record) {
        var names = new TreeSet<String>();
        for (Header header : record.headers()) {
            names.add(header.key());
        }
        return names;
    }

    private static JsonNode document() {
        try (var in = AsyncApiTest.class.getResourceAsStream("asyncapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
