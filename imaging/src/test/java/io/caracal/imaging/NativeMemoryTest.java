package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/// Native memory must not grow with the number of images, of decoders, or with one large image.
class NativeMemoryTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void decodingKeepsNoMemory() {
        // Given
        byte[] large = Drawings.jpeg(1000, 1000, Drawings.plain(1000, 1000, 10, 20, 30));
        var damage = new Damage(7, List.of(large, Drawings.file("palette.gif"), Drawings.file("alpha.webp")));
        var preprocessing = new Preprocessing(new Geometry.Squash(64, 64), Filter.ANTIALIAS, false, false);
        var target = ByteBuffer.allocate(preprocessing.pixelBytes());
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {
            decodeByTurns(decoder, large, damage, target, 100);
            long before = Pointer.physicalBytes();

            // When: a leak of one picture per image would be 3 GB
            decodeByTurns(decoder, large, damage, target, 1_000);

            // Then: what the Java heap may have grown by is no leak
            assertThat(Pointer.physicalBytes() - before).isLessThan(400 * MEGABYTE);
        }
    }

    @Test
    void closedDecodersAndResizersLeaveNothing() {
        // Given
        byte[] large = Drawings.jpeg(1000, 1000, Drawings.plain(1000, 1000, 10, 20, 30));
        openAndClose(large, 50);
        long before = Pointer.physicalBytes();

        // When: a leak of one picture per decoder would be 1.2 GB
        openAndClose(large, 400);

        // Then
        assertThat(Pointer.physicalBytes() - before).isLessThan(400 * MEGABYTE);
    }

    @Test
    void oneLargeImageDoesNotStay() {
        // Given
        byte[] large = Drawings.jpeg(6000, 6000, Drawings.plain(6000, 6000, 10, 20, 30));
        var preprocessing = new Preprocessing(new Geometry.Squash(64, 64), Filter.LINEAR, false, false);
        var target = ByteBuffer.allocate(preprocessing.pixelBytes());
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {
            decoder.decode(Drawings.file("colour.jpg"), target.clear());
            long before = Pointer.physicalBytes();

            // When: 108 MB of pixels
            Decoded decoded = decoder.decode(large, target.clear());

            // Then
            assertThat(decoded).isInstanceOf(Decoded.Done.class);
            assertThat(Pointer.physicalBytes() - before).isLessThan(60 * MEGABYTE);
        }
    }

    private static void decodeByTurns(ImageDecoder decoder, byte[] image, Damage damage, ByteBuffer target, int count) {
        for (int i = 0; i < count; i++) {
            decoder.decode(image, target.clear());
            decoder.decode(damage.next(), target.clear());
        }
    }

    private static void openAndClose(byte[] image, int count) {
        var preprocessing = new Preprocessing(new Geometry.Squash(64, 64), Filter.LINEAR, false, false);
        var pixels = ByteBuffer.allocateDirect(preprocessing.pixelBytes());
        var target = ByteBuffer.allocate(preprocessing.pixelBytes());
        for (int i = 0; i < count; i++) {
            try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing);
                    var resizer = new CropResizer(64, 64)) {
                decoder.decode(image, pixels.clear());
                resizer.resize(pixels.flip(), 64, 64, new Crop(3, 5, 40, 30), true, target.clear());
            }
        }
    }
}
