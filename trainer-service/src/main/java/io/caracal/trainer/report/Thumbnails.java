package io.caracal.trainer.report;

import io.caracal.imaging.Decoded;
import io.caracal.imaging.Filter;
import io.caracal.imaging.HeaderProbe;
import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.ImageHeader;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Preprocessing;
import io.caracal.imaging.Probe;
import io.caracal.imaging.Refusal;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Makes small JPEG files of pictures, with the decoder that the model's input comes from. The aspect ratio is kept, an
/// EXIF orientation is not applied.
final class Thumbnails {
    /// Pixels of the longer side: sharp where two screen pixels show one.
    private static final int LONGER_SIDE = 320;

    private final HeaderProbe probe = new HeaderProbe(Limits.DEFAULTS);

    /// @param encoded any image that the decoder takes
    /// @return empty if it cannot be decoded
    Optional<byte[]> of(byte[] encoded) {
        return switch (probe.probe(encoded)) {
            case Refusal _ -> Optional.empty();
            case Probe.Image(ImageHeader header) -> of(encoded, header);
        };
    }

    private static Optional<byte[]> of(byte[] encoded, ImageHeader header) {
        double scale = Math.min(1, (double) LONGER_SIDE / Math.max(header.width(), header.height()));
        int width = Math.max(1, (int) Math.round(header.width() * scale));
        int height = Math.max(1, (int) Math.round(header.height() * scale));
        Preprocessing small = Preprocessing.squash(width, height, Filter.ANTIALIAS);
        ByteBuffer pixels = ByteBuffer.allocate(small.pixelBytes());
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, small)) {
            return switch (decoder.decode(encoded, pixels)) {
                case Refusal _ -> Optional.empty();
                case Decoded.Done _ -> Optional.of(jpeg(pixels.flip(), width, height));
            };
        }
    }

    /// @param pixels `[height, width, 3]`, RGB
    private static byte[] jpeg(ByteBuffer pixels, int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = pixels.get() & 0xff;
                int green = pixels.get() & 0xff;
                int blue = pixels.get() & 0xff;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        var bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "jpeg", bytes)) {
                throw new IllegalStateException("this Java runtime writes no JPEG files");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return bytes.toByteArray();
    }
}
