package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.Optional;

/// Relative positions as in Swin and BEiT (spec 2.5, rel-bias-2d): a number per head for each distance of two patches
/// in rows and columns. Logits `[N, heads, T, T]` to logits. Where attention stays within blocks, only the distances
/// within a block have one, as in Swin (spec 2.9).
final class RelativeBias extends Layer {
    private final Grid grid;
    private final int reach;
    private final Weight table;
    /// As large as the logits, and not needed to know the weights.
    private Optional<int[]> index = Optional.empty();

    /// @param reach distances below this have a number, in rows and in columns; pairs further apart must be masked
    RelativeBias(Grid grid, int heads, int reach) {
        this.grid = grid;
        this.reach = reach;
        table = parameter("relative_position_bias_table", Initial.normal(.02), rows(grid, reach), heads);
    }

    @Override
    public Tensor forward(Tensor logits) {
        if (index.isEmpty()) {
            index = Optional.of(index(grid, reach));
        }
        return logits.addPairs(table, index.get());
    }

    /// Distances in the plane, and three more for those from, to and of a class token.
    private static int rows(Grid grid, int reach) {
        int distances = 2 * reach - 1;
        return distances * distances + 3 * grid.extra();
    }

    /// For each pair of query and key, `[T * T]`, the row of the table (spec 4.6).
    static int[] index(Grid grid, int reach) {
        int tokens = grid.tokens();
        int[] index = new int[tokens * tokens];
        for (int query = 0; query < tokens; query++) {
            for (int key = 0; key < tokens; key++) {
                index[query * tokens + key] = row(grid, reach, query - grid.extra(), key - grid.extra());
            }
        }
        return index;
    }

    /// @param query patch, -1 for the class token
    /// @param key the same
    private static int row(Grid grid, int reach, int query, int key) {
        if (query < 0 && key < 0) {
            return rows(grid, reach) - 1;
        }
        if (key < 0) {
            return rows(grid, reach) - 2;
        }
        if (query < 0) {
            return rows(grid, reach) - 3;
        }
        int side = grid.side();
        int down = query / side - key / side;
        int right = query % side - key % side;
        if (Math.max(Math.abs(down), Math.abs(right)) >= reach) {
            return 0; // masked, so any
        }
        return (down + reach - 1) * (2 * reach - 1) + right + reach - 1;
    }
}
