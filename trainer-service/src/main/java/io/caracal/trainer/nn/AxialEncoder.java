package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Tensor;

/// A pre-norm layer whose attention is two, each a residual branch: one within rows, one within columns (spec 2.9,
/// axial-lite). `[N, side * side, width]` to the same.
public final class AxialEncoder extends Layer {
    private final LayerNorm normRow;
    private final LineAttention row;
    private final LayerNorm normColumn;
    private final LineAttention column;
    private final LayerNorm norm2;
    private final FeedForward mlp;
    private final float dropout;
    private final float dropPath;

    /// @param scheme of the MLP
    /// @param dropPath rate at which any residual branch is left out for an image in training mode
    public AxialEncoder(Encoder.Config config, LineAttention row, LineAttention column, Scheme scheme, float dropPath) {
        normRow = part("norm_row", new LayerNorm(config.width(), config.epsilon()));
        this.row = part("row", row);
        normColumn = part("norm_column", new LayerNorm(config.width(), config.epsilon()));
        this.column = part("column", column);
        norm2 = part("norm2", new LayerNorm(config.width(), config.epsilon()));
        mlp = part("mlp", config.mlp(scheme));
        dropout = config.dropout();
        this.dropPath = dropPath;
    }

    @Override
    public Tensor forward(Tensor x) {
        x = x.add(row.forward(normRow.forward(x)).dropout(dropout).dropPath(dropPath));
        x = x.add(column.forward(normColumn.forward(x)).dropout(dropout).dropPath(dropPath));
        return x.add(mlp.forward(norm2.forward(x)).dropPath(dropPath));
    }
}
