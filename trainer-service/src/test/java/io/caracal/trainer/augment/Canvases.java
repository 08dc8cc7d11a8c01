package io.caracal.trainer.augment;

/// Images for tests.
final class Canvases {
    private Canvases() {}

    /// The picture of `make-goldens.py`.
    static Canvas pattern(int width, int height) {
        Canvas canvas = new Canvas(width, height);
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    int value = x * 7 + y * 13 + c * 31 + (x * y) % 23 * 5 + (x ^ y) * c;
                    canvas.pixels()[at++] = (byte) (20 + value % 200);
                }
            }
        }
        return canvas;
    }
}
