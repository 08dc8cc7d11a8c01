package io.caracal.datasets.drawn;

/// Linear light to the bytes of a picture.
final class SrgbCurve {
    /// Light up to this is told apart.
    private static final float BRIGHTEST = 4;

    private static final int STEPS = 1 << 14;
    private static final byte[] CURVE = curve();

    private SrgbCurve() {}

    /// 0 to 255.
    static int encode(float light) {
        return CURVE[Math.clamp((int) (light * (STEPS / BRIGHTEST)), 0, STEPS - 1)] & 0xff;
    }

    private static byte[] curve() {
        byte[] curve = new byte[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double light = rollOff((i + 0.5) * BRIGHTEST / STEPS);
            double value = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            curve[i] = (byte) Math.round(255 * value);
        }
        return curve;
    }

    /// Highlights bend towards white as on film instead of clipping.
    private static double rollOff(double light) {
        return light < 0.7 ? light : 1 - 0.3 * Math.exp((0.7 - light) / 0.3);
    }
}
