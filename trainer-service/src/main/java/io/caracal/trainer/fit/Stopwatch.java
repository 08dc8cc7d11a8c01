package io.caracal.trainer.fit;

/// How fast an epoch goes, with and without the time spent waiting for batches.
final class Stopwatch {
    private final long started = System.nanoTime();
    private long stepping;
    private long stepStarted;
    private int images;

    void stepStarts() {
        stepStarted = System.nanoTime();
    }

    /// @param images of the step
    void stepEnds(int images) {
        this.images += images;
        stepping += System.nanoTime() - stepStarted;
    }

    double imagesPerSecond() {
        return perSecond(System.nanoTime() - started);
    }

    double stepImagesPerSecond() {
        return perSecond(stepping);
    }

    private double perSecond(long nanos) {
        return nanos == 0 ? 0 : images * 1e9 / nanos;
    }
}
