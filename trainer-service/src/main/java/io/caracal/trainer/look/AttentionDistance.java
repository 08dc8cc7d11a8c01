package io.caracal.trainer.look;

/// Mean attention distance (Dosovitskiy et al. 2020, appendix D.7; spec 2.13): how far a head looks, in pixels between
/// the centres of patches, averaged over the patches that look. A class token counts neither as one that looks nor as
/// one that is looked at; the weights of the others stay as they are, their sum below 1.
final class AttentionDistance {
    private AttentionDistance() {}

    /// @param patchWidth in pixels of the model's input
    /// @return of each head
    static double[] of(AttentionWeights attention, TokenGrid grid, double patchWidth, double patchHeight) {
        double[] distances = new double[attention.heads()];
        int patches = grid.side() * grid.side();
        for (int head = 0; head < distances.length; head++) {
            double sum = 0;
            for (int query = 0; query < patches; query++) {
                sum += ofQuery(attention, head, query, grid, patchWidth, patchHeight);
            }
            distances[head] = sum / patches;
        }
        return distances;
    }

    /// @param query number of the patch
    static double ofQuery(
            AttentionWeights attention, int head, int query, TokenGrid grid, double patchWidth, double patchHeight) {
        int side = grid.side();
        double sum = 0;
        for (int key = 0; key < side * side; key++) {
            double x = patchWidth * (key % side - query % side);
            double y = patchHeight * (key / side - query / side);
            sum += attention.at(head, grid.extra() + query, grid.extra() + key) * Math.hypot(x, y);
        }
        return sum;
    }
}
