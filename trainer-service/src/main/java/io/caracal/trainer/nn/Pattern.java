package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Constant;
import java.util.Optional;

/// Which patches an attention lets a patch see (spec 2.9). The weights are the same for each of them, so what was
/// trained with one pattern can be used with another. A class token sees and is seen by all.
public sealed interface Pattern {

    /// Whether the patch `query` sees the patch `key`; both count row by row.
    boolean allows(int side, int query, int key);

    /// Everything.
    record Full() implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return true;
        }
    }

    /// The patches of the same block of `size * size`. The blocks begin `shift` further right and below; what is left
    /// at the borders are smaller blocks. (The cyclic roll of Swin, its wrapped neighbours masked, is the same.)
    record Block(int size, int shift) implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return block(query / side) == block(key / side) && block(query % side) == block(key % side);
        }

        private int block(int position) {
            return Math.floorDiv(position - shift, size);
        }
    }

    /// What of a window lies outside the image.
    enum Border {
        /// Is not there.
        CLIP,
        /// Patches whose keys and values are zero, as in the paper (Ramachandran et al. 2019): the more of them, the
        /// less is left for the others.
        ZERO
    }

    /// The square of `window * window` around it.
    record Local(int window, Border border) implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            int reach = (window - 1) / 2;
            return Math.abs(query / side - key / side) <= reach && Math.abs(query % side - key % side) <= reach;
        }

        @Override
        public Optional<Constant> outside(Grid grid) {
            return switch (border) {
                case CLIP -> Optional.empty();
                case ZERO -> Optional.of(zeros(grid));
            };
        }

        private Constant zeros(Grid grid) {
            float[] logits = new float[grid.tokens()];
            for (int token = 0; token < logits.length; token++) {
                logits[token] = token < grid.extra()
                        ? Float.NEGATIVE_INFINITY
                        : (float) Math.log((double) window * window - inside(grid, token - grid.extra()));
            }
            return new Constant(logits, logits.length, 1);
        }

        private int inside(Grid grid, int query) {
            int inside = 0;
            for (int key = 0; key < grid.patches(); key++) {
                inside += allows(grid.side(), query, key) ? 1 : 0;
            }
            return inside;
        }
    }

    /// Its row and its column together.
    record Cross() implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return query / side == key / side || query % side == key % side;
        }
    }

    /// Those less than `stride` before or after it in the sequence: the first set of "strided" in the Sparse
    /// Transformer (Child et al. 2019), not causal.
    record Near(int stride) implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return Math.abs(query - key) < stride;
        }
    }

    /// Every `stride`-th from it, itself among them: the second set of "strided".
    record Every(int stride) implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return (query - key) % stride == 0;
        }
    }

    /// Those of its own run of `stride`: the first set of "fixed" in the Sparse Transformer, not causal.
    record Run(int stride) implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return query / stride == key / stride;
        }
    }

    /// The last `last` of every run of `stride`: the second set of "fixed".
    record Ends(int stride, int last) implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return key % stride >= stride - last;
        }
    }

    /// Each head sees what either pattern allows.
    record Merged(Pattern first, Pattern second) implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return first.allows(side, query, key) || second.allows(side, query, key);
        }
    }

    /// Half of the heads see what the first pattern allows, the others what the second does; of an odd number one more
    /// has the first. Together they see what either allows.
    record Split(Pattern first, Pattern second) implements Pattern {
        @Override
        public boolean allows(int side, int query, int key) {
            return first.allows(side, query, key) || second.allows(side, query, key);
        }

        /// `[heads, T, T]`
        @Override
        public Constant mask(Grid grid, int heads) {
            int size = grid.tokens() * grid.tokens();
            float[] values = new float[heads * size];
            float[] firstHalf = first.mask(grid, heads).values();
            float[] secondHalf = second.mask(grid, heads).values();
            for (int head = 0; head < heads; head++) {
                System.arraycopy(2 * head < heads ? firstHalf : secondHalf, 0, values, head * size, size);
            }
            return new Constant(values, heads, grid.tokens(), grid.tokens());
        }
    }

    /// What a query attends to outside the image, as a logit: n places with a key of zeros are together one of logit
    /// `ln n`, and minus infinity where there are none. `[T, 1]`; empty if all queries stay inside.
    default Optional<Constant> outside(Grid grid) {
        return Optional.empty();
    }

    /// Pairs of query and key among the patches.
    default long pairs(int side) {
        int patches = side * side;
        long pairs = 0;
        for (int query = 0; query < patches; query++) {
            for (int key = 0; key < patches; key++) {
                pairs += allows(side, query, key) ? 1 : 0;
            }
        }
        return pairs;
    }

    /// What is added to logits `[N, heads, T, T]`: 0 for an allowed pair, minus infinity for another. `[T, T]` if it is
    /// the same for all heads.
    default Constant mask(Grid grid, int heads) {
        int tokens = grid.tokens();
        float[] values = new float[tokens * tokens];
        for (int query = grid.extra(); query < tokens; query++) {
            for (int key = grid.extra(); key < tokens; key++) {
                if (!allows(grid.side(), query - grid.extra(), key - grid.extra())) {
                    values[query * tokens + key] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        return new Constant(values, tokens, tokens);
    }
}
