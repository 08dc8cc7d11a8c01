package io.caracal.trainer.look;

import java.nio.ByteBuffer;

/// Occlusion map (Zeiler and Fergus 2014): how much of a class's probability is lost when a square in the picture is
/// covered with the picture's mean colour. The square covers two by two cells and moves by one; a cell has the mean
/// of the losses of all squares over it. Needs nothing of a model but its answers.
///
/// @param cells along each side
record Occlusion(int cells) {
    private static final int BATCH = 32;

    Occlusion {
        if (cells < 2 || cells > 64) {
            throw new IllegalArgumentException("cells is " + cells + ", allowed is 2 to 64");
        }
    }

    /// The probability of one class.
    @FunctionalInterface
    interface Scorer {
        /// @param pixels direct, `count` images `[H, W, 3]` of uint8 one after the other
        double[] probabilities(ByteBuffer pixels, int count);
    }

    /// @param image `[height, width, 3]` of uint8
    HeatMap of(byte[] image, int width, int height, Scorer scorer) {
        if (cells > Math.min(width, height)) {
            throw new IllegalArgumentException(
                    "cells is " + cells + ", the model's images are " + width + "x" + height + " pixels");
        }
        byte[] mean = meanColour(image);
        ByteBuffer batch = ByteBuffer.allocateDirect(BATCH * image.length);
        double whole = scorer.probabilities(batch.put(image).flip(), 1)[0];
        int squares = (cells - 1) * (cells - 1);
        double[] sums = new double[cells * cells];
        int[] counts = new int[cells * cells];
        for (int from = 0; from < squares; from += BATCH) {
            int count = Math.min(BATCH, squares - from);
            batch.clear();
            for (int square = from; square < from + count; square++) {
                batch.put(covered(image, width, height, square, mean));
            }
            double[] probabilities = scorer.probabilities(batch.flip(), count);
            for (int i = 0; i < count; i++) {
                share(from + i, whole - probabilities[i], sums, counts);
            }
        }
        for (int cell = 0; cell < sums.length; cell++) {
            sums[cell] /= counts[cell];
        }
        return new HeatMap(cells, cells, sums);
    }

    private void share(int square, double loss, double[] sums, int[] counts) {
        for (int corner = 0; corner < 4; corner++) {
            int row = square / (cells - 1) + corner / 2;
            int column = square % (cells - 1) + corner % 2;
            sums[row * cells + column] += loss;
            counts[row * cells + column]++;
        }
    }

    private byte[] covered(byte[] image, int width, int height, int square, byte[] colour) {
        byte[] covered = image.clone();
        int row = square / (cells - 1);
        int column = square % (cells - 1);
        for (int y = row * height / cells; y < (row + 2) * height / cells; y++) {
            for (int x = column * width / cells; x < (column + 2) * width / cells; x++) {
                System.arraycopy(colour, 0, covered, (y * width + x) * 3, 3);
            }
        }
        return covered;
    }

    private static byte[] meanColour(byte[] image) {
        long[] sums = new long[3];
        for (int i = 0; i < image.length; i++) {
            sums[i % 3] += image[i] & 0xff;
        }
        int pixels = image.length / 3;
        return new byte[] {(byte) (sums[0] / pixels), (byte) (sums[1] / pixels), (byte) (sums[2] / pixels)};
    }
}
