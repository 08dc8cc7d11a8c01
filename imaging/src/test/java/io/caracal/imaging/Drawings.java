package io.caracal.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/// Images that the tests draw by arithmetic, and the encodings they need.
final class Drawings {
    static final int TRUECOLOUR = 2;

    private Drawings() {}

    /// RGB pixels `[height, width, 3]`: the pattern of `make-goldens.py`, full of fine detail.
    static byte[] pattern(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[i++] = (byte) (7 * x + 3 * y);
                pixels[i++] = (byte) (x * x + 5 * y);
                pixels[i++] = (byte) (x * y + 11 * x);
            }
        }
        return pixels;
    }

    /// RGB pixels `[height, width, 3]` of one colour.
    static byte[] plain(int width, int height, int red, int green, int blue) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        return pixels;
    }

    static byte[] png(int width, int height, byte[] rgb) {
        return png(width, height, 8, TRUECOLOUR, rgb);
    }

    /// @param samples rows of the PNG's own layout, without filter bytes
    /// @param chunks between IHDR and IDAT, as [#chunk] makes them
    static byte[] png(int width, int height, int depth, int colourType, byte[] samples, byte[]... chunks) {
        var header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) colourType)
                .array();
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        out.writeBytes(chunk("IHDR", header));
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        out.writeBytes(chunk("IDAT", deflated(samples, height)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    /// The same PNG with the checksum of every chunk set right, as far as its chunks can be walked.
    static byte[] withChecksums(byte[] png) {
        var bytes = ByteBuffer.wrap(png);
        int at = 8;
        while (at <= png.length - 12) {
            int length = bytes.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            var crc = new CRC32();
            crc.update(png, at + 4, 4 + length);
            bytes.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
        return png;
    }

    private static byte[] deflated(byte[] samples, int height) {
        var out = new ByteArrayOutputStream();
        int row = samples.length / height;
        try (var deflater = new DeflaterOutputStream(out)) {
            for (int y = 0; y < height; y++) {
                deflater.write(0);
                deflater.write(samples, y * row, row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] jpeg(int width, int height, byte[] rgb) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(
                    i % width,
                    i / width,
                    ((rgb[i * 3] & 0xff) << 16) | ((rgb[i * 3 + 1] & 0xff) << 8) | (rgb[i * 3 + 2] & 0xff));
        }
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            var settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(0.9f);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /// A drawn file of `make-goldens.py`.
    static byte[] file(String name) {
        try (var in = Drawings.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
