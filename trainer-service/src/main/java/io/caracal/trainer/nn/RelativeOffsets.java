package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;

/// Relative positions as in the ViT paper (appendix D.4; spec 2.5, rel-1d): an embedding for each distance of two
/// tokens in the sequence, shared by the heads. `[N, heads, T, width]`, the scaled queries, to what is added to the
/// logits, `[N, heads, T, T]`: entry `(i, j)` is `queries[i] * embedding[i - j]`.
final class RelativeOffsets extends Layer {
    private final Weight embedding;
    private final int tokens;
    private final int heads;

    RelativeOffsets(Grid grid, int heads, int width) {
        tokens = grid.tokens();
        this.heads = heads;
        // Row r is the offset T - 1 - r, from the last query of the first key to the reverse.
        embedding = parameter("weight", Initial.normal(.02), 2L * tokens - 1, width);
    }

    @Override
    public Tensor forward(Tensor queries) {
        int offsets = 2 * tokens - 1;
        Tensor byOffset = queries.linear(embedding); // [N, heads, T, 2T - 1]
        // Entry (i, j) is in column j - i + T - 1. With one more column the rows, taken as one, are 2T apart; read in
        // steps of 2T - 1 from T - 1 on, each begins one column earlier than the one before.
        return byOffset.pad(3, 0, 1)
                .reshape(0, heads, (long) tokens * (offsets + 1))
                .slice(2, tokens - 1, tokens - 1 + tokens * offsets)
                .reshape(0, heads, tokens, offsets)
                .slice(3, 0, tokens);
    }
}
