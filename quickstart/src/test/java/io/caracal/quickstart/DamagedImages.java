package io.caracal.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.datasets.drawn.DrawnImages;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// What arrives at a camera line besides good pictures: eight kinds of it, seeded.
final class DamagedImages {
    private final Random random;
    private final DrawnImages drawn = new DrawnImages(5);

    DamagedImages(long seed) {
        random = new Random(seed);
    }

    enum Kind {
        TRUNCATED,
        BIT_FLIPPED,
        EMPTY,
        TEXT,
        HUGE_HEADER,
        CMYK,
        ANIMATED_GIF,
        SIXTEEN_BIT_PNG
    }

    static Kind kind(int index) {
        Kind[] kinds = Kind.values();
        return Arrays.asList(kinds).get(index % kinds.length);
    }

    byte[] next(int index) throws IOException {
        byte[] jpeg = drawn.jpeg(index);
        return switch (kind(index)) {
            case TRUNCATED -> Arrays.copyOf(jpeg, 1 + random.nextInt(jpeg.length - 1));
            case BIT_FLIPPED -> flipped(jpeg);
            case EMPTY -> new byte[0];
            case TEXT -> ("no image " + index).repeat(1 + random.nextInt(50)).getBytes(UTF_8);
            case HUGE_HEADER -> huge(jpeg);
            case CMYK -> cmyk();
            case ANIMATED_GIF -> animation();
            case SIXTEEN_BIT_PNG -> sixteenBits();
        };
    }

    private byte[] flipped(byte[] jpeg) {
        for (int flips = 1 + random.nextInt(40); flips > 0; flips--) {
            jpeg[random.nextInt(jpeg.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return jpeg;
    }

    /// The frame header announces 65,000 x 65,000 pixels.
    private static byte[] huge(byte[] jpeg) {
        for (int i = 2; i < jpeg.length - 8; i += 2 + (((jpeg[i + 2] & 0xff) << 8) | (jpeg[i + 3] & 0xff))) {
            if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
                for (int side = i + 5; side < i + 9; side += 2) {
                    jpeg[side] = (byte) (65_000 >> 8);
                    jpeg[side + 1] = (byte) 65_000;
                }
                return jpeg;
            }
        }
        throw new IllegalStateException("a drawn image has no frame header");
    }

    private byte[] cmyk() throws IOException {
        WritableRaster raster =
                Raster.createWritableRaster(new BandedSampleModel(DataBuffer.TYPE_BYTE, 64, 48, 4), null);
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 64; x++) {
                raster.setPixel(x, y, new int[] {4 * x, 5 * y, random.nextInt(256), 20});
            }
        }
        return write("jpeg", new IIOImage(raster, null, null));
    }

    private byte[] sixteenBits() throws IOException {
        var image = new BufferedImage(60, 40, BufferedImage.TYPE_USHORT_GRAY);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 60; x++) {
                image.getRaster().setSample(x, y, 0, random.nextInt(1 << 16));
            }
        }
        return write("png", new IIOImage((RenderedImage) image, null, null));
    }

    private byte[] animation() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int frame = 0; frame < 3; frame++) {
                var image = new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB);
                image.setRGB(frame, frame, random.nextInt());
                writer.writeToSequence(new IIOImage((RenderedImage) image, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] write(String format, IIOImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
