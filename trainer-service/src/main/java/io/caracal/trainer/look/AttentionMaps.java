package io.caracal.trainer.look;

/// What attention says about the patches of an image (spec 2.13).
final class AttentionMaps {
    private AttentionMaps() {}

    /// Attention as it is: what the class token looks at, or, where there is none, how much each patch is looked at by
    /// all patches on average.
    ///
    /// @param attention of one layer, heads fused, `[T][T]`
    static HeatMap raw(double[][] attention, TokenGrid grid) {
        double[] values = new double[grid.side() * grid.side()];
        for (int patch = 0; patch < values.length; patch++) {
            int key = grid.extra() + patch;
            values[patch] = grid.hasClassToken() ? attention[0][key] : columnMean(attention, key);
        }
        return new HeatMap(grid.side(), grid.side(), values);
    }

    private static double columnMean(double[][] attention, int key) {
        double sum = 0;
        for (double[] row : attention) {
            sum += row[key];
        }
        return sum / attention.length;
    }
}
