package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Tensor;

/// The MLP of a transformer layer: `[N, T, width] -> [N, T, width]`, dropout after each linear layer.
public final class FeedForward extends Layer {
    private final Linear fc1;
    private final Linear fc2;
    private final float dropout;
    private final Gelu gelu;

    public FeedForward(int width, int hidden, float dropout, Scheme scheme) {
        this(width, hidden, dropout, scheme, Gelu.ERF);
    }

    public FeedForward(int width, int hidden, float dropout, Scheme scheme, Gelu gelu) {
        fc1 = part("fc1", new Linear(width, hidden, true, scheme.weight(width, hidden), scheme.mlpBias(width)));
        fc2 = part("fc2", new Linear(hidden, width, true, scheme.weight(hidden, width), scheme.mlpBias(hidden)));
        this.dropout = dropout;
        this.gelu = gelu;
    }

    @Override
    public Tensor forward(Tensor x) {
        return fc2.forward(gelu.of(fc1.forward(x)).dropout(dropout)).dropout(dropout);
    }
}
