package io.caracal.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Inputs that a careless service stumbles over.
final class DamagedInputs {
    private static final int KINDS = 10;

    private DamagedInputs() {}

    static List<byte[]> of(int count, long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(of(i % KINDS, random));
        }
        return inputs;
    }

    private static byte[] of(int kind, Random random) throws IOException {
        byte[] jpeg = Pictures.encoded("jpg", random.nextInt(3), 200, 150, BufferedImage.TYPE_INT_RGB);
        return switch (kind) {
            case 0 -> Arrays.copyOf(jpeg, random.nextInt(1, jpeg.length));
            case 1 -> flipped(jpeg, random);
            case 2 -> new byte[0];
            case 3 -> null;
            case 4 -> ("text " + random.nextLong()).getBytes(UTF_8);
            case 5 -> hugeHeader();
            case 6 -> cmyk();
            case 7 -> animated();
            case 8 -> Pictures.encoded("png", 0, 60, 40, BufferedImage.TYPE_USHORT_GRAY);
            case 9 -> noise(random);
            default -> throw new AssertionError(kind);
        };
    }

    private static byte[] flipped(byte[] jpeg, Random random) {
        for (int i = 0; i < 10; i++) {
            jpeg[random.nextInt(jpeg.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return jpeg;
    }

    /// A PNG whose header promises 65,000 by 65,000 pixels.
    private static byte[] hugeHeader() {
        byte[] png = Pictures.encoded("png", 0, 20, 20, BufferedImage.TYPE_INT_RGB);
        for (int at : new int[] {16, 20}) {
            png[at] = 0;
            png[at + 1] = 0;
            png[at + 2] = (byte) (65_000 >> 8);
            png[at + 3] = (byte) 65_000;
        }
        return png;
    }

    private static byte[] cmyk() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            var raster = Raster.createInterleavedRaster(0, 64, 48, 4, null);
            writer.write(null, new IIOImage(raster, null, null), writer.getDefaultWriteParam());
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] animated() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            ImageWriteParam param = writer.getDefaultWriteParam();
            for (int frame = 0; frame < 3; frame++) {
                BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
                image.setRGB(frame, frame, 0xffffff);
                writer.writeToSequence(new IIOImage(image, null, null), param);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(1, 5000)];
        random.nextBytes(bytes);
        return bytes;
    }
}
