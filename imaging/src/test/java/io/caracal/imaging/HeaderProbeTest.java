package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderProbeTest {
    private final HeaderProbe probe = new HeaderProbe(Limits.DEFAULTS);

    @ParameterizedTest
    @CsvSource({
        "colour.jpg, JPEG, 61, 43",
        "progressive.jpg, JPEG, 61, 43",
        "cmyk.jpg, JPEG, 61, 43",
        "orientation-6.jpg, JPEG, 61, 43",
        "cmyk.expected.png, PNG, 61, 43",
        "lossy.webp, WEBP, 61, 43",
        "alpha.webp, WEBP, 61, 43",
        "alpha-lossy.webp, WEBP, 61, 43",
        "animated.webp, WEBP, 61, 43",
        "palette.gif, GIF, 61, 43",
        "offset.gif, GIF, 80, 60",
        "colour.bmp, BMP, 61, 43",
        "top-down.bmp, BMP, 61, 43"
    })
    void readsFormatAndSides(String name, ImageFormat format, int width, int height) {
        // Given
        byte[] bytes = Drawings.file(name);

        // When
        Probe found = probe.probe(bytes);

        // Then
        assertThat(found).isEqualTo(new Probe.Image(new ImageHeader(format, width, height)));
    }

    @Test
    void readsABmpOfOs2() {
        // Given: a core header of 12 bytes, 300 x 200
        byte[] bytes = hex("424d000000000000000000000000" + "0c000000" + "2c01c800" + "01001800");

        // When
        Probe found = probe.probe(bytes);

        // Then
        assertThat(found).isEqualTo(new Probe.Image(new ImageHeader(ImageFormat.BMP, 300, 200)));
    }

    /// A thumbnail inside APP1 has a frame header of its own; fill bytes and stray bytes stand before the real one.
    @Test
    void findsTheFrameOfAJpegBehindThumbnailFillAndStrayBytes() {
        // Given
        byte[] bytes = hex("ffd8" + "ffe1000fffd8ffc0000b0800100010ffd9" + "aabb" + "ffffffff" + "c0000b08" + "0064"
                + "004b" + "0111");

        // When
        Probe found = probe.probe(bytes);

        // Then
        assertThat(found).isEqualTo(new Probe.Image(new ImageHeader(ImageFormat.JPEG, 75, 100)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffd8ff", // nothing behind the first marker
                "ffd8ffe000104a46", // cut inside a segment
                "ffd8ffda0008", // a scan before a frame
                "ffd8ffd9", // ends at once
                "ffd8ffe00001ffc0000b080010001001", // a segment shorter than its own length field
                "ffd8ffc0000b080000001001", // height 0
                "ffd8ffc00003080010001001", // a frame too short for its sides
                "89504e470d0a1a0a0000000d", // PNG cut in IHDR
                "89504e470d0a1a0a0000000d6b4844520000000a0000000a0802000000", // first chunk is not IHDR
                "89504e470d0a1a0a0000000d49484452ffffffff0000000a0802000000", // negative width
                "52494646000000005745425056503858", // VP8X cut
                "524946460000000057454250565038200000000000000000000000000a000a00", // VP8 without start code
                "524946460000000057454250565038580000", // VP8X of 2 bytes
                "524946460000000057454250585858580000000000000000000000000000", // unknown chunk
                "474946383961ffff", // GIF cut
                "47494638396100000a00f00000", // GIF, width 0
                "424d0000", // BMP cut
                "424d0000000000000000000000002800000000000000f6ffffff", // BMP, width 0
                "424d00000000000000000000000028000000ffffffff0a000000", // BMP, negative width
                "424d000000000000000000000000280000000a00000000000080" // BMP, height -2^31
            })
    void refusesADamagedHeader(String hexadecimal) {
        // Given
        byte[] bytes = hex(hexadecimal);

        // When
        Probe found = probe.probe(bytes);

        // Then
        assertThat(found)
                .asInstanceOf(type(Refusal.class))
                .extracting(Refusal::reason)
                .isEqualTo(Refusal.Reason.DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00", "3c68746d6c3e", "ffd8", "89504e47", "25504446", "524946460000000057415645", "504b0304"})
    void refusesWhatIsNoImage(String hexadecimal) {
        // Given
        byte[] bytes = hex(hexadecimal);

        // When
        Probe found = probe.probe(bytes);

        // Then
        assertThat(found)
                .isEqualTo(new Refusal(
                        Refusal.Reason.NOT_AN_IMAGE,
                        "the first bytes are of no known format (JPEG, PNG, WebP, GIF, BMP)"));
    }

    @Test
    void refusesNothing() {
        // When
        Probe found = probe.probe(new byte[0]);

        // Then
        assertThat(found).isEqualTo(new Refusal(Refusal.Reason.EMPTY, "0 bytes"));
    }

    @Test
    void refusesMoreBytesThanAllowed() {
        // Given
        var small = new HeaderProbe(new Limits(1000, 50_000_000));

        // When
        Probe found = small.probe(Drawings.file("colour.jpg"));

        // Then
        assertThat(found).isEqualTo(new Refusal(Refusal.Reason.TOO_MANY_BYTES, "1025 bytes, allowed are 1000"));
    }

    @Test
    void refusesMorePixelsThanAllowed() {
        // Given
        var small = new HeaderProbe(new Limits(1_000_000, 61 * 43 - 1));

        // When
        Probe found = small.probe(Drawings.file("colour.jpg"));

        // Then
        assertThat(found).isEqualTo(new Refusal(Refusal.Reason.TOO_MANY_PIXELS, "61x43 pixels, allowed are 2622"));
    }

    @Test
    void admitsExactlyWhatIsAllowed() {
        // Given
        byte[] bytes = Drawings.file("colour.jpg");
        var exact = new HeaderProbe(new Limits(bytes.length, 61 * 43));

        // When
        Probe found = exact.probe(bytes);

        // Then
        assertThat(found).isInstanceOf(Probe.Image.class);
    }

    /// A few hundred bytes that announce 4 billion pixels.
    @Test
    void refusesADecompressionBombFromItsHeader() {
        // Given
        byte[] bytes = hex("ffd8ffc0000b08" + "ffff" + "ffff" + "0111");

        // When
        Probe found = probe.probe(bytes);

        // Then
        assertThat(found)
                .isEqualTo(new Refusal(Refusal.Reason.TOO_MANY_PIXELS, "65535x65535 pixels, allowed are 50000000"));
    }

    /// 48 megapixels in 19 bytes.
    @Test
    void refusesAJpegThatCannotHoldWhatItAnnounces() {
        // Given
        byte[] bytes = hex("ffd8ffc0000b08" + "1b58" + "1b58" + "0111" + "ffd9" + "00000000");

        // When
        Probe found = probe.probe(bytes);

        // Then
        assertThat(found)
                .isEqualTo(
                        new Refusal(Refusal.Reason.DAMAGED, "the JPEG header announces 7000x7000 pixels in 19 bytes"));
    }

    @Test
    void refusesASideThatNoPhotographHas() {
        // Given
        byte[] bytes = Drawings.png(70_000, 1, Drawings.plain(70_000, 1, 1, 2, 3));

        // When
        Probe found = probe.probe(bytes);

        // Then
        assertThat(found)
                .isEqualTo(new Refusal(Refusal.Reason.TOO_MANY_PIXELS, "70000x1 pixels, allowed is a side of 65535"));
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void survivesAnyBytesBehindASignature(ImageFormat format) {
        // Given
        var random = new Random(42);
        byte[] signature = Arrays.copyOf(
                switch (format) {
                    case JPEG -> hex("ffd8ff");
                    case PNG -> hex("89504e470d0a1a0a");
                    case WEBP -> hex("5249464600000000574542505650385" + "8");
                    case GIF -> hex("474946383961");
                    case BMP -> hex("424d");
                },
                16);

        for (int i = 0; i < 20_000; i++) {
            var bytes = new ByteArrayOutputStream();
            bytes.write(signature, 0, format == ImageFormat.WEBP ? 16 : 8);
            byte[] rest = new byte[random.nextInt(64)];
            random.nextBytes(rest);
            bytes.writeBytes(rest);

            // When
            Probe found = probe.probe(bytes.toByteArray());

            // Then
            switch (found) {
                case Probe.Image(ImageHeader header) -> {
                    assertThat(header.width()).isBetween(1, 65_535);
                    assertThat(header.height()).isBetween(1, 65_535);
                    assertThat(header.pixels()).isLessThanOrEqualTo(Limits.DEFAULTS.maxPixels());
                }
                case Refusal refusal -> assertThat(refusal.message()).isNotBlank();
            }
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
