package io.caracal.trainer.augment;

/// The fifteen operations of timm's "increasing" RandAugment set (`_RAND_INCREASING_TRANSFORMS` in timm's
/// `auto_augment.py`; spec/models.md 2.11 c): the higher the level, the further from the original.
enum PixelOperation {
    AUTO_CONTRAST,
    EQUALIZE,
    INVERT,
    ROTATE,
    POSTERIZE,
    SOLARIZE,
    SOLARIZE_ADD,
    COLOR,
    CONTRAST,
    BRIGHTNESS,
    SHARPNESS,
    SHEAR_X,
    SHEAR_Y,
    TRANSLATE_X,
    TRANSLATE_Y;

    private static final double MAX_LEVEL = 10;

    /// What the operation is called with at a level.
    ///
    /// @param level 0 to 10
    /// @param negative whether an operation that has two directions goes the other way
    double argument(double level, boolean negative) {
        double share = level / MAX_LEVEL;
        double signed = negative ? -share : share;
        return switch (this) {
            case AUTO_CONTRAST, EQUALIZE, INVERT -> 0;
            case ROTATE -> signed * 30;
            case POSTERIZE -> 4 - (int) (share * 4);
            case SOLARIZE -> 256 - (int) (share * 256);
            case SOLARIZE_ADD -> (int) (share * 110);
            case COLOR, CONTRAST, BRIGHTNESS, SHARPNESS -> Math.max(0.1, 1 + signed * 0.9);
            case SHEAR_X, SHEAR_Y -> signed * 0.3;
            case TRANSLATE_X, TRANSLATE_Y -> signed * 0.45;
        };
    }

    /// @param argument degrees, bits, threshold, factor, or share of the side: see [#argument]
    void apply(Canvas canvas, double argument) {
        switch (this) {
            case AUTO_CONTRAST -> Tables.autoContrast(canvas);
            case EQUALIZE -> Tables.equalize(canvas);
            case INVERT -> Tables.invert(canvas);
            case ROTATE ->
                Affine.rotate(argument, canvas.width(), canvas.height()).apply(canvas);
            case POSTERIZE -> Tables.posterize(canvas, (int) argument);
            case SOLARIZE -> Tables.solarize(canvas, (int) argument);
            case SOLARIZE_ADD -> Tables.solarizeAdd(canvas, (int) argument);
            case COLOR -> Enhancement.color(canvas, argument);
            case CONTRAST -> Enhancement.contrast(canvas, argument);
            case BRIGHTNESS -> Enhancement.brightness(canvas, argument);
            case SHARPNESS -> Enhancement.sharpness(canvas, argument);
            case SHEAR_X -> Affine.shearX(argument).apply(canvas);
            case SHEAR_Y -> Affine.shearY(argument).apply(canvas);
            case TRANSLATE_X -> Affine.translate(argument * canvas.width(), 0).apply(canvas);
            case TRANSLATE_Y -> Affine.translate(0, argument * canvas.height()).apply(canvas);
        }
    }
}
