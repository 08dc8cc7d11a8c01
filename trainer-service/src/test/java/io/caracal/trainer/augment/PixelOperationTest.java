package io.caracal.trainer.augment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The goldens are Pillow's: `make-goldens.py` beside them made them.
class PixelOperationTest {

    static Stream<String> goldens() throws IOException {
        try (InputStream in = PixelOperationTest.class.getResourceAsStream("/augment/goldens.txt")) {
            return new String(in.readAllBytes(), UTF_8).lines();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void givesPillowsPixels(String line) {
        // Given
        String[] golden = line.split(" ", -1);
        PixelOperation operation = Stream.of(PixelOperation.values())
                .filter(o -> o.name().replace("_", "").toLowerCase(Locale.ROOT).equals(golden[0]))
                .findFirst()
                .orElseThrow();
        Canvas canvas = Canvases.pattern(37, 29);

        // When
        operation.apply(canvas, Double.parseDouble(golden[1]));

        // Then
        assertThat(sha256(canvas.pixels())).isEqualTo(golden[2]);
    }

    @ParameterizedTest
    @EnumSource(PixelOperation.class)
    void everyOperationHasAGolden(PixelOperation operation) throws IOException {
        // Given
        String name = operation.name().replace("_", "").toLowerCase(Locale.ROOT);

        // When, Then
        assertThat(goldens()).anyMatch(line -> line.startsWith(name + " "));
    }

    /// timm's level functions at magnitude 9.
    @ParameterizedTest
    @CsvSource({
        "ROTATE, 27, -27",
        "POSTERIZE, 1, 1",
        "SOLARIZE, 26, 26",
        "SOLARIZE_ADD, 99, 99",
        "COLOR, 1.81, 0.19",
        "SHARPNESS, 1.81, 0.19",
        "SHEAR_X, 0.27, -0.27",
        "TRANSLATE_Y, 0.405, -0.405"
    })
    void argumentsAreTimmsAtMagnitudeNine(PixelOperation operation, double one, double other) {
        // When, Then
        assertThat(operation.argument(9, false)).isCloseTo(one, within(1e-12));
        assertThat(operation.argument(9, true)).isCloseTo(other, within(1e-12));
    }

    @Test
    void operationsOnOneColourStayInRange() {
        // Given an image of one colour, of which there is nothing to stretch
        Canvas canvas = new Canvas(4, 4);

        // When
        for (PixelOperation operation : PixelOperation.values()) {
            operation.apply(canvas, operation.argument(10, true));
        }

        // Then
        assertThat(canvas.pixels()).hasSize(48);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
