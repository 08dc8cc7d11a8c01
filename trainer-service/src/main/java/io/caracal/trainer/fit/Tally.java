package io.caracal.trainer.fit;

/// Adds up how a model does over several batches, each question counting once: with labels, each image. A mixed image
/// counts for each of its two labels by its share.
final class Tally {
    private int images;
    private double correct;
    private double loss;

    /// What was added up so far.
    ///
    /// @param loss of all images together
    record Sums(int images, double correct, double loss) {}

    Tally() {}

    /// Goes on adding up.
    Tally(Sums sofar) {
        images = sofar.images();
        correct = sofar.correct();
        loss = sofar.loss();
    }

    Sums sums() {
        return new Sums(images, correct, loss);
    }

    /// @throws DivergedException if a logit is not a number
    void add(Scores scores) {
        float[] logits = scores.logits();
        int[] labels = scores.labels();
        int classes = logits.length / labels.length;
        for (int i = 0; i < labels.length; i++) {
            add(logits, classes, i, labels[i], scores.ownShare());
            if (scores.ownShare() < 1) {
                add(logits, classes, i, labels[labels.length - 1 - i], 1 - scores.ownShare());
            }
        }
        images += labels.length;
    }

    private void add(float[] logits, int classes, int image, int label, double share) {
        double imageLoss = CrossEntropy.of(logits, classes, image, label);
        if (!Double.isFinite(imageLoss)) {
            throw new DivergedException();
        }
        loss += share * imageLoss;
        correct += best(logits, classes, image) == label ? share : 0;
    }

    double loss() {
        return images == 0 ? 0 : loss / images;
    }

    double accuracy() {
        return images == 0 ? 0 : correct / images;
    }

    Evaluation evaluation() {
        return new Evaluation(images, loss(), accuracy());
    }

    /// The lowest index wins a tie.
    private static int best(float[] logits, int classes, int image) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (logits[image * classes + c] > logits[image * classes + best]) {
                best = c;
            }
        }
        return best;
    }
}
