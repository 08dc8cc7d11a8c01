package io.caracal.quickstart;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps the books of a stream: every image that was acknowledged must have exactly one outcome. Safe for concurrent
/// use. Times are those of [System#nanoTime].
final class Tally {
    private final Map<String, Sent> images = new HashMap<>();
    private int acknowledged;
    private int refused;
    private int predictions;
    private int rejections;
    private int correct;
    private int duplicated;
    private long firstSent = Long.MAX_VALUE;
    private long lastOutcome = Long.MIN_VALUE;
    private final Latencies latencies = new Latencies();

    private static final class Sent {
        private final String label;
        private final long at;
        private boolean acknowledged;
        private int outcomes;

        private Sent(String label, long at) {
            this.label = label;
            this.at = at;
        }
    }

    /// What the books say.
    ///
    /// @param sent images that the ingest service answered for: acknowledged or refused
    /// @param predictions images with a label
    /// @param rejected images with a reason instead, at the door or later
    /// @param lost acknowledged images without outcome
    /// @param duplicated outcomes beyond an image's first
    /// @param accuracy correct labels among the predictions, 0 if there are none
    /// @param elapsed from the first image sent to the last outcome
    record Counts(
            int sent, int predictions, int rejected, int lost, int duplicated, double accuracy, Duration elapsed) {
        double imagesPerSecond() {
            return elapsed.isZero() ? 0 : (predictions + rejected) / (elapsed.toNanos() / 1e9);
        }
    }

    /// An image is on its way.
    ///
    /// @param label the true one
    synchronized void sending(String id, String label, long at) {
        images.put(id, new Sent(label, at));
        firstSent = Math.min(firstSent, at);
    }

    /// The ingest service has taken responsibility for it.
    synchronized void acknowledged(String id) {
        images.get(id).acknowledged = true;
        acknowledged++;
    }

    /// The ingest service does not want it: that is its outcome.
    synchronized void refused(String id, long at) {
        images.remove(id);
        refused++;
        lastOutcome = Math.max(lastOutcome, at);
    }

    /// Nobody answered for it. If it has an outcome all the same, it did arrive.
    ///
    /// @return whether it is off the books
    synchronized boolean unsent(String id) {
        if (images.get(id).outcomes > 0) {
            acknowledged(id);
            return false;
        }
        images.remove(id);
        return true;
    }

    /// @param label the predicted one; empty for a rejection
    /// @return whether it is the first outcome of an image of this stream
    synchronized boolean outcome(String id, Optional<String> label, long at) {
        Sent image = images.get(id);
        if (image == null) {
            return false;
        }
        image.outcomes++;
        if (image.outcomes > 1) {
            duplicated++;
            return false;
        }
        lastOutcome = Math.max(lastOutcome, at);
        latencies.add(at - image.at);
        if (label.isPresent()) {
            predictions++;
            correct += label.get().equals(image.label) ? 1 : 0;
        } else {
            rejections++;
        }
        return true;
    }

    synchronized Counts counts() {
        int answered = predictions + rejections;
        int lost = (int) images.values().stream()
                .filter(image -> image.acknowledged && image.outcomes == 0)
                .count();
        return new Counts(
                acknowledged + refused,
                predictions,
                rejections + refused,
                lost,
                duplicated,
                predictions == 0 ? 0 : (double) correct / predictions,
                answered + refused == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, lastOutcome - firstSent)));
    }

    /// How long images took from being sent to their outcome.
    synchronized Latencies.Percentiles latencies() {
        return latencies.percentiles();
    }
}
