package io.caracal.ingest;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/// Small real images for the tests.
public final class DrawnImage {
    private DrawnImage() {}

    public static byte[] jpeg(int seed) {
        return encoded("jpeg", 64, 48, seed);
    }

    /// @param format as ImageIO names it
    public static byte[] encoded(String format, int width, int height, int seed) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        var random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(random.nextInt(width), random.nextInt(height), 1 + width / 3, 1 + height / 3);
        }
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
