package io.caracal.inference;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/// Pictures of one colour, and what [ColourModel] must say of them.
public final class Pictures {
    private static final List<Color> COLOURS =
            List.of(new Color(200, 30, 40), new Color(20, 180, 60), new Color(10, 50, 220));

    private Pictures() {}

    /// A JPEG of 32 by 24 in the colour of label `i % 3`.
    public static byte[] jpeg(int i) {
        return encoded("jpg", i, 32, 24, BufferedImage.TYPE_INT_RGB);
    }

    /// A PNG that takes several milliseconds to decode, so that there is a middle to be interrupted in. All are of
    /// label 1.
    public static byte[] slow() {
        return encoded("png", 1, 1000, 800, BufferedImage.TYPE_INT_RGB);
    }

    public static byte[] encoded(String format, int i, int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(COLOURS.get(i % COLOURS.size()));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// What the model says of picture `i`.
    public static String label(int i) {
        return ColourModel.LABELS.get(i % COLOURS.size());
    }
}
