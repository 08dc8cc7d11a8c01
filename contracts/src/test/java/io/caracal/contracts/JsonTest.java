package io.caracal.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
    private static final String CARD = """
            {"name":"seed-cnn","version":"7","labels":["cat","dog"],\
            "input":{"name":"pixels","layout":"uint8-nhwc","width":224,"height":224,"batch":0,\
            "mean":[0.0,0.0,0.0],"std":[1.0,1.0,1.0]},\
            "resize":{"rule":"short-side-crop","shortSide":256,"filter":"linear","applyExifOrientation":true},\
            "output":{"name":"logits","kind":"logits"},\
            "provenance":{"dataset":"1f0e","epochs":"10","revision":"abc"}}""";
    private static final String MODEL = """
            {"name":"seed-cnn","version":"7","uri":"file:///models/seed-cnn-7.onnx",\
            "sha256":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",\
            "card":%s,"stage":%s,"publishedAt":"2026-11-01T10:00:00.250Z"}""";

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(Examples.prediction(), """
                        {"id":"gate-3/000017","source":"gate-3",\
                        "labels":[{"label":"cat","probability":0.75},{"label":"dog","probability":0.25}],\
                        "model":{"name":"seed-cnn","version":"7"},\
                        "latency":{"queue":1.5,"decode":0.75,"batch":2.0,"score":0.5,"total":4.75},\
                        "origin":{"topic":"images","partition":3,"offset":42},\
                        "imageTime":"2026-11-01T10:00:00.250Z","time":"2026-11-01T10:00:01Z"}"""),
                Arguments.of(Examples.rejection(), """
                        {"id":"gate-3/000018","source":"gate-3","reason":"not-an-image",\
                        "message":"the first bytes are of no known format",\
                        "origin":{"topic":"images","partition":3,"offset":43}}"""),
                Arguments.of(Examples.card(), CARD),
                Arguments.of(
                        Examples.model(new ModelPublished.Stage.Champion()),
                        MODEL.formatted(CARD, "{\"stage\":\"champion\"}")),
                Arguments.of(
                        Examples.model(new ModelPublished.Stage.Shadow()),
                        MODEL.formatted(CARD, "{\"stage\":\"shadow\"}")),
                Arguments.of(
                        Examples.model(new ModelPublished.Stage.Canary(5)),
                        MODEL.formatted(CARD, "{\"stage\":\"canary\",\"percent\":5}")),
                Arguments.of(
                        Examples.trainingEvent(), """
                        {"run":"run-1","state":"succeeded","preset":"seed-cnn","time":"2026-11-01T10:00:00.250Z",\
                        "progress":{"epoch":3,"epochs":10,"step":150,"steps":160,"loss":0.5,"accuracy":0.75,\
                        "imagesPerSecond":655.5,"validationAccuracy":0.7,"secondsLeft":12.5},\
                        "result":{"model":%s,"testAccuracy":0.8125,"testImages":1000,"parityMaxAbs":1.0E-6,\
                        "testSplit":"test-split.tsv"},"failure":"a word on the side"}""".formatted(MODEL.formatted(CARD, "{\"stage\":\"champion\"}"))),
                Arguments.of(
                        new TrainingEvent(
                                "run-1",
                                TrainingEvent.State.QUEUED,
                                "seed-vit",
                                Instant.EPOCH,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        """
                        {"run":"run-1","state":"queued","preset":"seed-vit","time":"1970-01-01T00:00:00Z"}"""),
                Arguments.of(Examples.feedback(), """
                        {"id":"gate-3/000017","label":"dog","author":"kim","time":"2026-11-01T10:00:00.250Z"}"""));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void writesTheseBytes(Record value, String golden) {
        // When
        byte[] bytes = Json.write(value);

        // Then
        assertThat(new String(bytes, UTF_8)).isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void readsWhatItWrites(Record value, String golden) {
        // When
        Record read = Json.read(golden.getBytes(UTF_8), value.getClass());

        // Then
        assertThat(read).isEqualTo(value);
    }

    @Test
    void ignoresFieldsOfANewerWriter() {
        // Given
        String newer = new String(Json.write(Examples.prediction()), UTF_8)
                .replace("\"cat\",", "\"cat\",\"box\":[1,2],")
                .replace("{\"id\"", "{\"trace\":{\"span\":\"1\"},\"id\"");

        // When
        Prediction read = Json.read(newer.getBytes(UTF_8), Prediction.class);

        // Then
        assertThat(read).isEqualTo(Examples.prediction());
    }

    @Test
    void keepsALossThatIsNoNumber() {
        // Given a training that has diverged
        var progress = new TrainingEvent.Progress(1, 2, 3, 4, Double.NaN, 0.5, 100, Optional.empty(), Optional.empty());

        // When
        var read = Json.read(Json.write(progress), TrainingEvent.Progress.class);

        // Then
        assertThat(read).isEqualTo(progress);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                | No content to map",
                "{               | Unexpected end-of-input",
                "nonsense        | Unrecognized token",
                "null            | it is null",
                "[]              | Cannot deserialize value",
                "{} {}           | id is missing",
                "{\"id\":\"a\"}  | source is missing",
                "{\"id\":\" \"}  | id is blank",
                "{\"id\":\"a\",\"source\":\"b\",\"labels\":[]} | labels is empty",
                "{\"id\":\"a\",\"source\":\"b\",\"labels\":[null]} | labels[0] is missing",
                "{\"labels\":[{\"label\":\"c\",\"probability\":1.5}]} | probability is 1.5, allowed is 0 to 1 (at labels.[0])",
                "{\"labels\":[{\"label\":\"c\"}]} | (at labels.[0].probability)",
                "{\"latency\":{\"queue\":\"x\"}} | (at latency.queue)"
            })
    void saysInOneLineWhatIsWrong(String json, String message) {
        // Given
        byte[] bytes = (json == null ? "" : json).getBytes(UTF_8);

        // When, Then
        assertThatThrownBy(() -> Json.read(bytes, Prediction.class))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageStartingWith("not a Prediction: ")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesATombstone() {
        assertThatThrownBy(() -> Json.read(null, ModelPublished.class))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("not a ModelPublished: there are no bytes");
    }

    @Test
    void unknownFieldsOfWhatAPersonWroteAreToldWithThoseThatThereAre() throws IOException {
        // Given
        record Order(String data, String epochs) {}

        // When, Then
        try (JsonParser parser = new JsonFactory().createParser("{\"epohcs\": 3}")) {
            assertThatThrownBy(() -> Json.readHandwritten(parser, Order.class))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessage("not a Order: epohcs is not a field, allowed is one of data, epochs");
        }
    }
}
