package io.caracal.trainer.embed;

/// Exact t-SNE (van der Maaten and Hinton 2008; spec 2.13), in time that grows with the square of the points. Nothing
/// is drawn at random: it begins with the first two principal components, so that the same data give the same picture.
///
/// @param points `[n][2]`
/// @param divergence Kullback-Leibler, of the result
/// @param divergenceBefore the same when the exaggeration ended
public record Tsne(double[][] points, double divergence, double divergenceBefore) {
    /// More would take minutes.
    public static final int MOST_POINTS = 2000;

    private static final double PERPLEXITY = 30;
    private static final int COMPONENTS = 50;
    private static final double EXAGGERATION = 12;
    private static final int EXAGGERATED_STEPS = 250;
    private static final int STEPS = 750;
    private static final double START_DEVIATION = 1e-4;

    /// With 50 principal components and a perplexity of 30, or a third of the other points if that is less.
    ///
    /// @param data `[n][d]`, finite
    /// @throws IllegalArgumentException if there are fewer than 4 points or more than [#MOST_POINTS]
    public static Tsne of(double[][] data) {
        int n = data.length;
        if (n < 4 || n > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "t-SNE of " + n + " images, allowed is 4 to " + MOST_POINTS + ": see --limit, or use pca");
        }
        double[][] reduced = Pca.of(data, COMPONENTS).points();
        double[][] affinities = Affinities.of(reduced, Math.min(PERPLEXITY, (n - 1) / 3.0));
        Descent descent = new Descent(affinities, start(reduced), Math.max(n / (4 * EXAGGERATION), 50));
        descent.run(EXAGGERATED_STEPS, EXAGGERATION, .5);
        double before = descent.divergence();
        descent.run(STEPS, 1, .8);
        return new Tsne(descent.points(), descent.divergence(), before);
    }

    /// The first two components, the first with a standard deviation of 1e-4.
    private static double[][] start(double[][] reduced) {
        double squares = 0;
        for (double[] point : reduced) {
            squares += point[0] * point[0];
        }
        double deviation = Math.sqrt(squares / reduced.length);
        double scale = deviation > 0 ? START_DEVIATION / deviation : 0;
        double[][] start = new double[reduced.length][2];
        for (int i = 0; i < reduced.length; i++) {
            start[i][0] = scale * reduced[i][0];
            start[i][1] = reduced[i].length > 1 ? scale * reduced[i][1] : 0;
        }
        return start;
    }

    /// Gradient descent with momentum and a gain for each coordinate.
    private static final class Descent {
        private final int n;
        private final double[][] affinities;
        private final double[][] points;
        private final double[][] updates;
        private final double[][] gains;
        private final double[][] weights;
        private final double rate;

        Descent(double[][] affinities, double[][] start, double rate) {
            n = start.length;
            this.affinities = affinities;
            points = start;
            updates = new double[n][2];
            gains = new double[n][2];
            for (double[] gain : gains) {
                gain[0] = 1;
                gain[1] = 1;
            }
            weights = new double[n][n];
            this.rate = rate;
        }

        void run(int steps, double exaggeration, double momentum) {
            for (int step = 0; step < steps; step++) {
                double sum = weigh();
                for (int i = 0; i < n; i++) {
                    update(i, sum, exaggeration, momentum);
                }
                for (int i = 0; i < n; i++) {
                    points[i][0] += updates[i][0];
                    points[i][1] += updates[i][1];
                }
            }
        }

        /// `1 / (1 + distance^2)` of each pair; gives their sum.
        private double weigh() {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    double x = points[i][0] - points[j][0];
                    double y = points[i][1] - points[j][1];
                    double weight = 1 / (1 + x * x + y * y);
                    weights[i][j] = weight;
                    weights[j][i] = weight;
                    sum += 2 * weight;
                }
            }
            return sum;
        }

        private void update(int i, double sum, double exaggeration, double momentum) {
            double[] gradient = new double[2];
            for (int j = 0; j < n; j++) {
                double weight = weights[i][j];
                double force = 4 * (exaggeration * affinities[i][j] - weight / sum) * weight;
                gradient[0] += force * (points[i][0] - points[j][0]);
                gradient[1] += force * (points[i][1] - points[j][1]);
            }
            for (int c = 0; c < 2; c++) {
                boolean turned = gradient[c] > 0 != updates[i][c] > 0;
                gains[i][c] = Math.max(.01, turned ? gains[i][c] + .2 : gains[i][c] * .8);
                updates[i][c] = momentum * updates[i][c] - rate * gains[i][c] * gradient[c];
            }
        }

        double divergence() {
            double sum = weigh();
            double divergence = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (i != j && affinities[i][j] > 0) {
                        divergence += affinities[i][j] * Math.log(affinities[i][j] * sum / weights[i][j]);
                    }
                }
            }
            return divergence;
        }

        double[][] points() {
            return points;
        }
    }
}
