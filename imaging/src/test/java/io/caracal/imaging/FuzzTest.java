package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Damaged images must become a refusal or some pixels of their own: never an exception, a crash, or what a reused
/// native buffer still holds of the image before.
class FuzzTest {
    private static final int WIDTH = 61;
    private static final int HEIGHT = 43;
    private static final byte UNTOUCHED = 0x5a;
    /// Of a colour that none of the drawn images comes near to.
    private static final byte[] SENTINEL = Drawings.png(WIDTH, HEIGHT, Drawings.plain(WIDTH, HEIGHT, 255, 0, 254));

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void damagedImagesAreRefusedOrDecodeToThemselves(ImageFormat format) {
        // Given
        var damage = new Damage(11, drawn(format));
        var preprocessing = new Preprocessing(new Geometry.Squash(WIDTH, HEIGHT), Filter.ANTIALIAS, true, true);
        var limits = new Limits(100_000, 1_000_000);
        var target = ByteBuffer.allocate(preprocessing.pixelBytes());
        int decodedImages = 0;
        int refusedImages = 0;
        try (var decoder = new ImageDecoder(limits, preprocessing)) {
            for (int i = 0; i < 6_000; i++) {
                decoder.decode(SENTINEL, target.clear());
                Arrays.fill(target.array(), UNTOUCHED);
                byte[] damaged = format == ImageFormat.PNG ? Drawings.withChecksums(damage.next()) : damage.next();

                // When
                Decoded decoded = decoder.decode(damaged, target.clear());

                // Then
                switch (decoded) {
                    case Decoded.Done(ImageHeader header, int _, int _) -> {
                        decodedImages++;
                        assertThat(header.pixels()).isLessThanOrEqualTo(limits.maxPixels());
                        assertThat(target.hasRemaining()).isFalse();
                        assertThat(pixelsOfTheSentinel(target.array()))
                                .as("pixels of the image before, case %d", i)
                                .isLessThan(WIDTH * HEIGHT / 20);
                    }
                    case Refusal refusal -> {
                        refusedImages++;
                        assertThat(refusal.message()).isNotBlank().doesNotContain("\n");
                        assertThat(target.position()).isZero();
                        assertThat(target.array()).containsOnly(UNTOUCHED);
                    }
                }
            }
        }
        assertThat(decodedImages).as("not all are refused").isGreaterThan(20);
        assertThat(refusedImages).as("not all are accepted").isGreaterThan(20);
    }

    private static int pixelsOfTheSentinel(byte[] pixels) {
        int count = 0;
        for (int i = 0; i < pixels.length; i += 3) {
            if (pixels[i] == (byte) 255 && pixels[i + 1] == 0 && pixels[i + 2] == (byte) 254) {
                count++;
            }
        }
        return count;
    }

    private static List<byte[]> drawn(ImageFormat format) {
        return switch (format) {
            case JPEG ->
                files(
                        "colour.jpg",
                        "progressive.jpg",
                        "grey.jpg",
                        "full-chroma.jpg",
                        "cmyk.jpg",
                        "ycck.jpg",
                        "orientation-6.jpg");
            case PNG ->
                List.of(
                        Drawings.file("cmyk.expected.png"),
                        Drawings.png(WIDTH, HEIGHT, Drawings.pattern(WIDTH, HEIGHT)),
                        Drawings.png(WIDTH, HEIGHT, 16, 0, Drawings.pattern(WIDTH * 2, HEIGHT)));
            case WEBP -> files("lossy.webp", "alpha.webp", "alpha-lossy.webp", "animated.webp");
            case GIF -> files("palette.gif", "animated.gif", "interlaced.gif", "transparent.gif", "offset.gif");
            case BMP -> files("colour.bmp", "palette.bmp", "one-bit.bmp", "alpha.bmp", "top-down.bmp");
        };
    }

    private static List<byte[]> files(String... names) {
        return Stream.of(names).map(Drawings::file).toList();
    }
}
