package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Tensor;

/// Attention within each row, or within each column, of a square grid of patches (Ho et al. 2019, "Axial attention";
/// spec 2.9): `[N, side * side, width]` to the same. Each line is a sequence of its own.
public final class LineAttention extends Layer {

    /// What a line is.
    public enum Direction {
        ROWS,
        COLUMNS
    }

    private final Direction direction;
    private final int side;
    private final int width;
    private final Attention attention;

    public LineAttention(Direction direction, int side, int width, Attention attention) {
        this.direction = direction;
        this.side = side;
        this.width = width;
        this.attention = part("line", attention);
    }

    @Override
    public Tensor forward(Tensor x) {
        return switch (direction) {
            case ROWS -> each(x).reshape(-1, (long) side * side, width);
            case COLUMNS -> turned(each(turned(x)));
        };
    }

    /// `[N * side, side, width]`
    private Tensor each(Tensor x) {
        return attention.forward(x.reshape(-1, side, width));
    }

    /// Rows become columns.
    private Tensor turned(Tensor x) {
        return x.reshape(-1, side, side, width).permute(0, 2, 1, 3).reshape(-1, (long) side * side, width);
    }
}
