package io.caracal.trainer.look;

import java.util.Arrays;

/// How much each token of a layer looks at each other, for one image.
///
/// @param values `[heads, T, T]`, row-major: of a head and a query, all keys; each row sums to 1, or to less where
///     a part goes to what lies outside the image
record AttentionWeights(int heads, int tokens, float[] values) {

    AttentionWeights {
        if (values.length != heads * tokens * tokens) {
            throw new IllegalArgumentException(
                    values.length + " values for " + heads + " heads of " + tokens + " tokens");
        }
    }

    float at(int head, int query, int key) {
        return values[(head * tokens + query) * tokens + key];
    }

    AttentionWeights head(int head) {
        int size = tokens * tokens;
        return new AttentionWeights(1, tokens, Arrays.copyOfRange(values, head * size, (head + 1) * size));
    }

    /// One value of all heads, `[T][T]`.
    double[][] fused(HeadFusion fusion) {
        double[][] fused = new double[tokens][tokens];
        for (int query = 0; query < tokens; query++) {
            for (int key = 0; key < tokens; key++) {
                fused[query][key] = fused(fusion, query, key);
            }
        }
        return fused;
    }

    private double fused(HeadFusion fusion, int query, int key) {
        double fused = at(0, query, key);
        for (int head = 1; head < heads; head++) {
            double value = at(head, query, key);
            fused = switch (fusion) {
                case MEAN -> fused + value;
                case MAX -> Math.max(fused, value);
                case MIN -> Math.min(fused, value);
            };
        }
        return fusion == HeadFusion.MEAN ? fused / heads : fused;
    }
}
