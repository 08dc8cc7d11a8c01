package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.List;

/// Learned positions in two dimensions (ViT paper, appendix D.4; spec 2.5): the first half of the channels of a patch
/// knows its column, the second its row. `[N, side * side, width]` to the same.
public final class GridPositions extends Layer {
    private final int side;
    private final int width;
    private final Weight columns;
    private final Weight rows;

    /// @throws IllegalArgumentException if the width is odd
    public GridPositions(int side, int width, Initial initial) {
        if (width % 2 != 0) {
            throw new IllegalArgumentException("width is " + width + ", allowed is an even number");
        }
        this.side = side;
        this.width = width;
        columns = parameter("columns", initial, side, width / 2);
        rows = parameter("rows", initial, side, 1, width / 2);
    }

    @Override
    public Tensor forward(Tensor patches) {
        List<Tensor> halves = patches.reshape(0, side, side, width).split(2); // [N, side, side, width / 2]
        return halves.get(0).add(columns).concat(3, halves.get(1).add(rows)).reshape(0, (long) side * side, width);
    }
}
