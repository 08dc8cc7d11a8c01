package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Tensor;
import java.util.List;

/// Multi-head self-attention over `[N, T, width]` (spec 2.0); the heads may be wider together than the model.
public final class Attention extends Layer {
    private final Heads heads;
    private final float dropout;
    private final Linear qkv;
    private final Linear proj;

    /// @param qkvBias whether queries, keys and values have a bias
    /// @param dropout of the attention weights
    public Attention(int width, Heads heads, boolean qkvBias, float dropout) {
        this.heads = heads;
        this.dropout = dropout;
        qkv = part("qkv", new Linear(width, 3 * heads.channels(), qkvBias));
        proj = part("proj", new Linear(heads.channels(), width));
    }

    @Override
    public Tensor forward(Tensor x) {
        List<Tensor> parts = qkv.forward(x).split(3);
        return proj.forward(parts.get(0).attention(parts.get(1), parts.get(2), heads, dropout));
    }
}
