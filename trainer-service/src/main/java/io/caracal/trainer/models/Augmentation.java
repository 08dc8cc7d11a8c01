package io.caracal.trainer.models;

/// What training does to its images beyond their labels: always a random resized crop, and what is more than 0 of the
/// rest, in this order. The terms are timm's.
///
/// @param sourceSize width and height of the pictures that crops are cut from, in pixels; 0 for the model's own size
/// @param minScale smallest share of the area that a crop keeps, more than 0, at most 1
/// @param flip mirror half of the images left to right; not where the sides mean something, as in writing
/// @param randAugment operations per image of timm's "increasing" RandAugment set, each applied with probability .5;
///        0 for none
/// @param magnitude of these operations, 0 to 10
/// @param magnitudeStd standard deviation of the magnitude
/// @param colorJitter how far brightness, contrast and saturation vary around 1, 0 to 1; 0 where RandAugment is on:
///        timm leaves it out there
/// @param randomErasing share of the images of which a rectangle is replaced by noise
/// @param mixup alpha of the Beta distribution that mixup's share comes from, 0 to 100
/// @param cutmix alpha of the Beta distribution that cutmix's area comes from, 0 to 100; with both, either happens to
///        half of the batches
/// @param mixing share of the batches that mixup and cutmix happen to, more than 0, at most 1
/// @param mixingOffEpochs how many epochs at the end go without mixup and cutmix, 0 for none
/// @param repeats how often an image appears in its batch, differently augmented; an epoch has as many images as before
public record Augmentation(
        int sourceSize,
        double minScale,
        boolean flip,
        int randAugment,
        double magnitude,
        double magnitudeStd,
        double colorJitter,
        double randomErasing,
        double mixup,
        double cutmix,
        double mixing,
        int mixingOffEpochs,
        int repeats) {

    private static final double MAGNITUDE = 9;
    private static final double MAGNITUDE_STD = 0.5;

    /// A random resized crop of 8 % to 100 % of the area and a flip.
    public static final Augmentation DEFAULTS =
            new Augmentation(0, 0.08, true, 0, MAGNITUDE, MAGNITUDE_STD, 0, 0, 0, 0, 1, 0, 1);

    private static final int MAX_MAGNITUDE = 10;
    private static final String UNMIXED = "without augmentation.mixup and augmentation.cutmix";
    private static final int MAX_ALPHA = 100;
    private static final int MAX_SOURCE = 1024;

    public Augmentation {
        require(
                sourceSize == 0 || (sourceSize >= 16 && sourceSize <= MAX_SOURCE),
                "sourceSize",
                sourceSize,
                "0 (the model's own size) or 16 to " + MAX_SOURCE + " pixels");
        require(minScale > 0 && minScale <= 1, "minScale", minScale, "more than 0, at most 1");
        require(randAugment >= 0 && randAugment <= 15, "randAugment", randAugment, "0 to 15");
        between("magnitude", magnitude, MAX_MAGNITUDE);
        between("magnitudeStd", magnitudeStd, MAX_MAGNITUDE);
        between("colorJitter", colorJitter, 1);
        between("randomErasing", randomErasing, 1);
        between("mixup", mixup, MAX_ALPHA);
        between("cutmix", cutmix, MAX_ALPHA);
        require(mixing > 0 && mixing <= 1, "mixing", mixing, "more than 0, at most 1");
        require(mixingOffEpochs >= 0, "mixingOffEpochs", mixingOffEpochs, "0 or more");
        require(repeats >= 1 && repeats <= 16, "repeats", repeats, "1 to 16");
        if (randAugment == 0) {
            hasEffect("magnitude", magnitude, MAGNITUDE, "without augmentation.randAugment");
            hasEffect("magnitudeStd", magnitudeStd, MAGNITUDE_STD, "without augmentation.randAugment");
        } else {
            hasEffect("colorJitter", colorJitter, 0, "beside augmentation.randAugment");
        }
        if (mixup == 0 && cutmix == 0) {
            hasEffect("mixing", mixing, 1.0, UNMIXED);
            hasEffect("mixingOffEpochs", mixingOffEpochs, 0, UNMIXED);
        }
    }

    /// @throws IllegalArgumentException if this does not suit the architecture, in one line
    void check(Architecture architecture) {
        int size = architecture.imageSize();
        require(
                sourceSize == 0 || sourceSize >= size,
                "sourceSize",
                sourceSize,
                "0 or at least the " + size + " pixels of " + architecture.name());
    }

    private static void hasEffect(String name, double given, double without, String where) {
        require(given == without, name, given, without + ": it has no effect " + where);
    }

    private static void hasEffect(String name, int given, int without, String where) {
        require(given == without, name, given, without + ": it has no effect " + where);
    }

    private static void between(String name, double given, int most) {
        require(given >= 0 && given <= most, name, given, "0 to " + most);
    }

    private static void require(boolean met, String name, Object given, String allowed) {
        if (!met) {
            throw new IllegalArgumentException("augmentation." + name + " is " + given + ", allowed is " + allowed);
        }
    }
}
