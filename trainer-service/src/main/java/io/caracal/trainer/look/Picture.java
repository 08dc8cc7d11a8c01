package io.caracal.trainer.look;

import io.caracal.imaging.Decoded;
import io.caracal.imaging.Filter;
import io.caracal.imaging.Geometry;
import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Preprocessing;
import io.caracal.imaging.Refusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// One image: what the model gets of it, and the whole of it to look at.
///
/// @param pixels direct, as the model's preprocessing says
/// @param whole in its own aspect ratio
/// @param seen the part of the whole that became the pixels
public record Picture(ByteBuffer pixels, BufferedImage whole, Region seen) {
    /// The longer side of what is looked at: large enough for the words below it.
    private static final int LONG_SIDE = 512;

    /// @throws UnreadablePictureException if it is no image or cannot be decoded
    public static Picture read(Path file, Preprocessing preprocessing) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than is allowed, so that the decoder sees that it is too much.
            return decode(in.readNBytes(Limits.DEFAULTS.maxBytes() + 1), preprocessing);
        } catch (UnreadablePictureException e) {
            throw new UnreadablePictureException(file + ": " + e.getMessage());
        }
    }

    private static Picture decode(byte[] encoded, Preprocessing preprocessing) throws IOException {
        ByteBuffer pixels = ByteBuffer.allocateDirect(preprocessing.pixelBytes());
        Decoded.Done done = decode(encoded, preprocessing, pixels);
        int longest = Math.max(done.width(), done.height());
        Geometry geometry = new Geometry.Squash(side(done.width(), longest), side(done.height(), longest));
        Preprocessing display =
                new Preprocessing(geometry, Filter.ANTIALIAS, true, preprocessing.applyExifOrientation());
        ByteBuffer whole = ByteBuffer.allocate(display.pixelBytes());
        decode(encoded, display, whole);
        return new Picture(
                pixels.flip(),
                image(whole.flip(), geometry),
                Region.of(preprocessing.geometry(), done.width(), done.height()));
    }

    private static int side(int pixels, int longest) {
        return Math.max(1, (int) Math.rint((double) LONG_SIDE * pixels / longest));
    }

    private static Decoded.Done decode(byte[] encoded, Preprocessing preprocessing, ByteBuffer target)
            throws IOException {
        try (ImageDecoder decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {
            return switch (decoder.decode(encoded, target)) {
                case Decoded.Done done -> done;
                case Refusal refusal -> throw new UnreadablePictureException(refusal.message());
            };
        }
    }

    private static BufferedImage image(ByteBuffer rgb, Geometry geometry) {
        BufferedImage image = new BufferedImage(geometry.width(), geometry.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < geometry.height(); y++) {
            for (int x = 0; x < geometry.width(); x++) {
                image.setRGB(x, y, (rgb.get() & 0xff) << 16 | (rgb.get() & 0xff) << 8 | (rgb.get() & 0xff));
            }
        }
        return image;
    }

    /// A PNG of this picture, and again with the map over it, the words and the scale below.
    public byte[] with(Sight sight) throws IOException {
        String title = String.format(Locale.ROOT, "%s %.3f", sight.label(), sight.probability());
        HeatMap map = sight.map();
        var caption = new Overlay.Caption(title, sight.method(), figure(map.low()), figure(map.max()));
        return new Overlay().png(whole, map, seen, caption);
    }

    private static String figure(double value) {
        return value <= 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
    }
}
