package io.caracal.datasets.drawn;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Lens, sensor and encoder: light to JPEG.
///
/// @param defocus blur radius, pixels
/// @param motion blur radius along the belt, pixels
/// @param exposure factor on the light
/// @param grain noise of the sensor, standard deviation at middle grey in linear light
/// @param vignette how much darker the corners are
/// @param balance white balance error
/// @param quality of the JPEG, 0 to 1
/// @param seed of the grain
record Camera(
        float defocus,
        float motion,
        float exposure,
        float grain,
        float vignette,
        Colour balance,
        float quality,
        long seed) {

    static Camera draw(SplittableRandom random, int shorterSide) {
        float scale = shorterSide / 300f;
        double blur = random.nextDouble();
        return new Camera(
                scale * (float) (1.1 * blur * blur),
                random.nextInt(5) == 0 ? scale * (float) random.nextDouble(0.5, 2.5) : 0,
                (float) random.nextDouble(0.7, 1.35),
                (float) random.nextDouble(0.002, 0.035),
                (float) random.nextDouble(0, 0.5),
                new Colour(1, 1, 1).varied(random, 0.06),
                (float) random.nextDouble(0.5, 0.95),
                random.nextLong());
    }

    byte[] photograph(Raster light) {
        for (float[] plane : new float[][] {light.red(), light.green(), light.blue()}) {
            Blur.soften(plane, light.width(), light.height(), defocus);
            if (motion > 0) {
                Blur.smear(plane, light.width(), light.height(), motion);
            }
        }
        return encode(develop(light));
    }

    private BufferedImage develop(Raster light) {
        var image = new BufferedImage(light.width(), light.height(), BufferedImage.TYPE_INT_RGB);
        var random = new SplittableRandom(seed);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < light.height(); y++) {
            float dy = 2f * y / light.height() - 1;
            for (int x = 0; x < light.width(); x++) {
                float dx = 2f * x / light.width() - 1;
                int i = y * light.width() + x;
                float gain = exposure * (1 - vignette * (dx * dx + dy * dy) / 2);
                long dice = random.nextLong();
                pixels[i] = channel(light.red()[i] * gain * balance.red(), dice) << 16
                        | channel(light.green()[i] * gain * balance.green(), dice >>> 21) << 8
                        | channel(light.blue()[i] * gain * balance.blue(), dice >>> 42);
            }
        }
        return image;
    }

    /// Adds shot noise and the sRGB curve. Three 7-bit dice make a bell near enough to a Gaussian.
    private int channel(float light, long dice) {
        float bell = ((dice & 127) + (dice >>> 7 & 127) + (dice >>> 14 & 127) - 190.5f) / 64f;
        float noisy = light + bell * grain * (0.35f + (float) Math.sqrt(Math.max(0, light)));
        return SrgbCurve.encode(noisy);
    }

    private byte[] encode(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream(1 << 16);
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
