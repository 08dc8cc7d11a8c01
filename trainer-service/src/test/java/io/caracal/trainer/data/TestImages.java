package io.caracal.trainer.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/// Folders of small labelled images: `cool` ones are mostly blue, `warm` ones mostly red, no two alike.
public final class TestImages {
    private static final int SIDE = 24;

    private TestImages() {}

    /// Writes `cool/0.png`, `warm/0.png`, `cool/1.png` and so on.
    public static Path folder(Path root, int images) throws IOException {
        for (int i = 0; i < images; i++) {
            Path label = Files.createDirectories(root.resolve(i % 2 == 0 ? "cool" : "warm"));
            Files.write(label.resolve(i / 2 + ".png"), png(i % 2 == 1, i));
        }
        return root;
    }

    static byte[] png(boolean warm, long seed) throws IOException {
        var random = new Random(seed);
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int strong = 140 + random.nextInt(116);
                int weak = random.nextInt(116);
                int green = random.nextInt(256);
                image.setRGB(x, y, warm ? strong << 16 | green << 8 | weak : weak << 16 | green << 8 | strong);
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
