package io.caracal.datasets.drawn;

/// Linear light, one plane per channel, `[height, width]` row by row.
record Raster(int width, int height, float[] red, float[] green, float[] blue) {

    static Raster of(int width, int height) {
        int pixels = width * height;
        return new Raster(width, height, new float[pixels], new float[pixels], new float[pixels]);
    }

    void set(int i, float r, float g, float b) {
        red[i] = r;
        green[i] = g;
        blue[i] = b;
    }

    /// Lays a colour over what is there.
    ///
    /// @param cover 0 leaves the pixel, 1 replaces it
    void blend(int i, float r, float g, float b, float cover) {
        red[i] += (r - red[i]) * cover;
        green[i] += (g - green[i]) * cover;
        blue[i] += (b - blue[i]) * cover;
    }

    void scale(int i, float factor) {
        red[i] *= factor;
        green[i] *= factor;
        blue[i] *= factor;
    }
}
