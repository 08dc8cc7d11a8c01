package io.caracal.trainer.fit;

/// How fast an epoch's training goes, with and without the time spent waiting for batches. What else is done meanwhile,
/// such as checkpoints, does not count.
final class Stopwatch {
    private long started;
    private long waiting;
    private long stepping;
    private int images;

    void waitStarts() {
        started = System.nanoTime();
    }

    void waitEnds() {
        waiting += System.nanoTime() - started;
    }

    void stepStarts() {
        started = System.nanoTime();
    }

    /// @param images of the step
    void stepEnds(int images) {
        this.images += images;
        stepping += System.nanoTime() - started;
    }

    /// 0 if there was no step, as in an epoch that is resumed at its end.
    double imagesPerSecond() {
        return perSecond(waiting + stepping);
    }

    double stepImagesPerSecond() {
        return perSecond(stepping);
    }

    private double perSecond(long nanos) {
        return nanos == 0 ? 0 : images * 1e9 / nanos;
    }
}
