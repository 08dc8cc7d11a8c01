package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pixels equal to Pillow's to the bit. The goldens were made with Pillow 9.4.0 by `make-goldens.py`, which lies beside
/// them and says what each line means.
class GoldenTest {

    @ParameterizedTest
    @MethodSource("lines")
    void givesPillowsPixels(String line) {
        // Given
        String[] field = line.split(" ", -1);
        String digest = field[field.length - 1];
        boolean upright = field[0].equals("upright");
        byte[] bytes = field[0].equals("pattern")
                ? patternAsPng(Integer.parseInt(field[1]), Integer.parseInt(field[2]))
                : Drawings.file(field[1]);
        var preprocessing = new Preprocessing(geometry(field[field.length - 2]), Filter.ANTIALIAS, false, upright);
        var target = ByteBuffer.allocate(preprocessing.pixelBytes());

        // When
        Decoded decoded;
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {
            decoded = decoder.decode(bytes, target);
        }

        // Then
        assertThat(decoded).isInstanceOf(Decoded.Done.class);
        assertThat(target.hasRemaining()).isFalse();
        assertThat(sha256(target.array())).isEqualTo(digest);
    }

    static Stream<String> lines() {
        return new String(Drawings.file("goldens.txt"), StandardCharsets.UTF_8).lines();
    }

    private static byte[] patternAsPng(int width, int height) {
        return Drawings.png(width, height, Drawings.pattern(width, height));
    }

    private static Geometry geometry(String text) {
        String[] part = text.split(":", -1);
        int first = Integer.parseInt(part[1]);
        int second = Integer.parseInt(part[2]);
        return part[0].equals("squash")
                ? new Geometry.Squash(first, second)
                : new Geometry.ShortSideCrop(first, second, Integer.parseInt(part[3]));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
