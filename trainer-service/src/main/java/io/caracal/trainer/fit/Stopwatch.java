package io.caracal.trainer.fit;

/// How fast an epoch goes, with and without the time spent waiting for batches.
final class Stopwatch {
    private final long started = System.nanoTime();
    private long stepping;
    private long stepStarted;

    void stepStarts() {
        stepStarted = System.nanoTime();
    }

    void stepEnds() {
        stepping += System.nanoTime() - stepStarted;
    }

    double imagesPerSecond(int images) {
        return perSecond(images, System.nanoTime() - started);
    }

    double stepImagesPerSecond(int images) {
        return perSecond(images, stepping);
    }

    private static double perSecond(int images, long nanos) {
        return nanos == 0 ? 0 : images * 1e9 / nanos;
    }
}
