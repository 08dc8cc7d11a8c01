package io.caracal.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the bytes are, they are a record or a [MalformedRecordException].
class JsonFuzzTest {
    private static final int ROUNDS = 20_000;

    @Test
    void damagedJsonIsAValueOrMalformed() {
        // Given
        var random = new Random(7);
        List<Record> records = List.of(
                Examples.prediction(),
                Examples.model(new ModelPublished.Stage.Canary(5)),
                Examples.trainingEvent(),
                Examples.feedback(),
                Examples.card());
        int malformed = 0;

        // When
        for (int round = 0; round < ROUNDS; round++) {
            Record record = records.get(random.nextInt(records.size()));
            byte[] bytes = damaged(Json.write(record), random);
            try {
                Record read = Json.read(bytes, record.getClass());
                assertThat(Json.read(Json.write(read), record.getClass())).isEqualTo(read);
            } catch (MalformedRecordException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                malformed++;
            }
        }

        // Then
        assertThat(malformed).isBetween(ROUNDS / 10, ROUNDS - 1);
    }

    @Test
    void noiseIsMalformed() {
        // Given
        var random = new Random(8);

        // When, Then
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            try {
                assertThat(Json.read(bytes, Prediction.class)).isNull();
            } catch (MalformedRecordException e) {
                assertThat(e.getMessage()).startsWith("not a Prediction");
            }
        }
    }

    /// Cut, with bytes changed, with a piece doubled or with a piece of JSON put in.
    private static byte[] damaged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                yield bytes;
            }
            case 2 -> spliced(bytes, at, Arrays.copyOfRange(bytes, at / 2, at));
            default -> {
                String[] pieces = {"null", "-1", "1e999", "\"\"", "[", "{}", ",", "true", "1e-99999999", "\\u0000"};
                yield spliced(bytes, at, pieces[random.nextInt(pieces.length)].getBytes(UTF_8));
            }
        };
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] piece) {
        byte[] result = new byte[bytes.length + piece.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(piece, 0, result, at, piece.length);
        System.arraycopy(bytes, at, result, at + piece.length, bytes.length - at);
        return result;
    }
}
