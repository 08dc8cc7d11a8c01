package io.caracal.imaging;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Shares from 0 to 1 as colours that look equally far apart.
public final class ColourMap {
    private static final int COLOURS = 256;

    private final int[] rgb;

    private ColourMap(int[] rgb) {
        this.rgb = rgb;
    }

    /// Matplotlib's "inferno", from black by red to pale yellow.
    ///
    /// @throws IllegalStateException if OpenCV cannot be loaded on this machine
    public static ColourMap inferno() {
        OpenCv.load();
        try (var shares = new Mat(1, COLOURS, opencv_core.CV_8UC1);
                var colours = new Mat()) {
            MemorySegment values = Mats.pixels(shares);
            for (int i = 0; i < COLOURS; i++) {
                values.set(ValueLayout.JAVA_BYTE, i, (byte) i);
            }
            opencv_imgproc.applyColorMap(shares, colours, opencv_imgproc.COLORMAP_INFERNO);
            MemorySegment bgr = Mats.pixels(colours);
            int[] rgb = new int[COLOURS];
            for (int i = 0; i < COLOURS; i++) {
                rgb[i] = channel(bgr, 3 * i + 2) << 16 | channel(bgr, 3 * i + 1) << 8 | channel(bgr, 3 * i);
            }
            return new ColourMap(rgb);
        }
    }

    private static int channel(MemorySegment pixels, int at) {
        return pixels.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    /// `0xRRGGBB`; what is below 0 or above 1 has the colour of the end.
    public int rgb(double share) {
        return rgb[(int) Math.rint(Math.clamp(share, 0, 1) * (COLOURS - 1))];
    }
}
