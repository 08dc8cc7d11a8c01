package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Tensor;

/// The MLP of a transformer layer: `[N, T, width] -> [N, T, width]`, dropout after each linear layer.
public final class FeedForward extends Layer {
    private final Linear fc1;
    private final Linear fc2;
    private final float dropout;

    public FeedForward(int width, int hidden, float dropout, Scheme scheme) {
        fc1 = part("fc1", new Linear(width, hidden, true, scheme.weight(width, hidden), scheme.mlpBias(width)));
        fc2 = part("fc2", new Linear(hidden, width, true, scheme.weight(hidden, width), scheme.mlpBias(hidden)));
        this.dropout = dropout;
    }

    @Override
    public Tensor forward(Tensor x) {
        return fc2.forward(fc1.forward(x).gelu().dropout(dropout)).dropout(dropout);
    }
}
