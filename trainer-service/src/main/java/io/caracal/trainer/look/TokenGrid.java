package io.caracal.trainer.look;

import java.util.Optional;

/// What the tokens of a sequence are: some that are no patches (class token, distillation token), then a square of
/// patches, row by row.
record TokenGrid(int extra, int side) {
    private static final int MOST_EXTRA = 2;

    /// Empty if that many tokens are no square of patches.
    static Optional<TokenGrid> of(int tokens) {
        for (int extra = 0; extra <= MOST_EXTRA; extra++) {
            int side = (int) Math.sqrt(tokens - extra);
            if (side > 1 && side * side == tokens - extra) {
                return Optional.of(new TokenGrid(extra, side));
            }
        }
        return Optional.empty();
    }

    int tokens() {
        return extra + side * side;
    }

    boolean hasClassToken() {
        return extra > 0;
    }
}
