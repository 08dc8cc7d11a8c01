package io.caracal.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRecordTest {
    private static final byte[] BYTES = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};

    @Test
    void isWrittenInCloudEventsBinaryMode() {
        // Given
        var event = Examples.image(BYTES);

        // When
        var record = event.toRecord("images");

        // Then
        var headers = new LinkedHashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        assertThat(headers)
                .containsExactly(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "gate-3/000017"),
                        Map.entry("ce_source", "gate-3"),
                        Map.entry("ce_type", "io.caracal.image"),
                        Map.entry("ce_time", "2026-11-01T10:00:00.250Z"),
                        Map.entry("content-type", "image/jpeg"));
        assertThat(record.topic()).isEqualTo("images");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("gate-3");
        assertThat(record.value()).isSameAs(BYTES);
    }

    @Test
    void isReadAsItWasWritten() {
        // Given
        var received = Examples.received(Examples.image(BYTES).toRecord("images"));

        // When
        ImageRecord image = ImageRecord.from(received);

        // Then
        assertThat(image.id()).isEqualTo("gate-3/000017");
        assertThat(image.source()).isEqualTo("gate-3");
        assertThat(image.contentType()).contains("image/jpeg");
        assertThat(image.time()).isEqualTo(Examples.TIME);
        assertThat(image.origin()).isEqualTo(new Origin("images", 3, 42));
        assertThat(image.key()).isEqualTo("gate-3".getBytes(UTF_8));
        assertThat(image.bytes()).isSameAs(BYTES);
    }

    @Test
    void withoutAKeyItsSourceIsStillNamed() {
        // Given
        var event = new ImageEvent("1", "http", Optional.empty(), Optional.empty(), Examples.TIME, BYTES);

        // When
        ImageRecord image = ImageRecord.from(Examples.received(event.toRecord("images")));

        // Then
        assertThat(image.key()).isNull();
        assertThat(image.source()).isEqualTo("http");
        assertThat(image.contentType()).isEmpty();
    }

    @Test
    void nothingButBytesIsAnImageNamedAfterItsPlace() {
        // Given a producer that knows nothing of headers
        var received = Examples.received(null, BYTES, new RecordHeaders());

        // When
        ImageRecord image = ImageRecord.from(received);

        // Then
        assertThat(image.id()).isEqualTo("images-3-42");
        assertThat(image.source()).isEqualTo("images");
        assertThat(image.time()).isEqualTo(Examples.TIME);
        assertThat(image.contentType()).isEmpty();
        assertThat(image.key()).isNull();
        assertThat(image.bytes()).isSameAs(BYTES);
    }

    @Test
    void theKeyNamesTheSourceWhenNoHeaderDoes() {
        // When
        ImageRecord image = ImageRecord.from(Examples.received("gate-3".getBytes(UTF_8), BYTES, new RecordHeaders()));

        // Then
        assertThat(image.source()).isEqualTo("gate-3");
    }

    @Test
    void noValueIsNoBytes() {
        assertThat(ImageRecord.from(Examples.received(null, null, new RecordHeaders()))
                        .bytes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a\u0000b", "a\nb", "\u0085"})
    void anIdThatIsNoTextCountsAsAbsent(String id) {
        // Given
        var headers = new RecordHeaders().add(CloudEvents.ID, id.getBytes(UTF_8));

        // When
        ImageRecord image = ImageRecord.from(Examples.received(null, BYTES, headers));

        // Then
        assertThat(image.id()).isEqualTo("images-3-42");
    }

    @Test
    void anIdThatIsTooLongOrNoUtf8OrNullCountsAsAbsent() {
        for (byte[] id : new byte[][] {"x".repeat(257).getBytes(UTF_8), {(byte) 0xc3, 0x28}, null}) {
            var headers = new RecordHeaders().add(CloudEvents.ID, id);
            assertThat(ImageRecord.from(Examples.received(null, BYTES, headers)).id())
                    .isEqualTo("images-3-42");
        }
    }

    @Test
    void theLastOfTwoHeadersCounts() {
        // Given
        var headers = new RecordHeaders()
                .add(CloudEvents.ID, "first".getBytes(UTF_8))
                .add(CloudEvents.ID, "last".getBytes(UTF_8));

        // When, Then
        assertThat(ImageRecord.from(Examples.received(null, BYTES, headers)).id())
                .isEqualTo("last");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-03T04:05:06Z, 2026-02-03T04:05:06Z",
        "2026-02-03T04:05:06.123456789+01:00, 2026-02-03T03:05:06.123456789Z",
        "2026-02-03t04:05:06z, 2026-02-03T04:05:06Z",
        "yesterday, 2026-11-01T10:00:00.250Z",
        "2026-02-30T04:05:06Z, 2026-11-01T10:00:00.250Z",
        "2026-02-03T04:05:06, 2026-11-01T10:00:00.250Z",
        "+999999999-12-31T23:59:59Z, 2026-11-01T10:00:00.250Z",
        "1793527200000, 2026-11-01T10:00:00.250Z",
    })
    void aTimeIsRfc3339OrTheRecordsTimestamp(String text, Instant time) {
        // Given
        var headers = new RecordHeaders().add(CloudEvents.TIME, text.getBytes(UTF_8));

        // When, Then
        assertThat(ImageRecord.from(Examples.received(null, BYTES, headers)).time())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void aTimestampBeyondAllCalendarsIsTheEpoch(long timestamp) {
        // Given
        var received = Examples.received("images", timestamp, null, BYTES, new RecordHeaders());

        // When, Then
        assertThat(ImageRecord.from(received).time()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void neverThrowsWhateverTheHeadersAre() {
        // Given
        var random = new Random(11);
        String[] names = {"ce_id", "ce_source", "ce_time", "content-type", "ce_specversion", "", "x"};

        for (int round = 0; round < 20_000; round++) {
            var headers = new RecordHeaders();
            for (int i = random.nextInt(8); i > 0; i--) {
                headers.add(names[random.nextInt(names.length)], anyBytes(random));
            }
            var received = Examples.received("images", random.nextLong(), anyBytes(random), anyBytes(random), headers);

            // When
            ImageRecord image = ImageRecord.from(received);

            // Then its outcome can be written and read
            var rejection = new Rejection(image.id(), image.source(), RejectionReason.EMPTY, "nothing", image.origin());
            assertThat(Json.read(Json.write(rejection), Rejection.class)).isEqualTo(rejection);
            assertThat(image.id()).hasSizeBetween(1, 256);
            assertThat(Json.read(
                                    Json.write(new Feedback(image.id(), "l", Optional.empty(), image.time())),
                                    Feedback.class)
                            .time())
                    .isEqualTo(image.time());
        }
    }

    @Test
    void anEventWithoutAUsableIdIsNotMade() {
        assertThatThrownBy(() -> new ImageEvent(" ", "s", Optional.empty(), Examples.TIME, BYTES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("id must have 1 to 256 characters");
    }

    private static byte[] anyBytes(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "2026-02-03T04:05:06Z".substring(random.nextInt(20)).getBytes(UTF_8);
            case 2 -> "é\u0000x ".repeat(random.nextInt(100)).getBytes(UTF_8);
            default -> {
                byte[] bytes = new byte[random.nextInt(400)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }
}
