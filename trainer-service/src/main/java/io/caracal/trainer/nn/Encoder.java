package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Tensor;

/// One pre-norm transformer layer, `[N, T, width] -> [N, T, width]` (spec 2.0).
public final class Encoder extends Layer {

    /// @param hidden width of the MLP
    /// @param qkvBias whether queries, keys and values have a bias
    /// @param dropout after the projection and both linear layers of the MLP
    /// @param attentionDropout of the attention weights
    /// @param epsilon of the layer norms
    public record Config(
            int width,
            Heads heads,
            int hidden,
            boolean qkvBias,
            float dropout,
            float attentionDropout,
            float epsilon) {}

    private final LayerNorm norm1;
    private final Attention attn;
    private final LayerNorm norm2;
    private final FeedForward mlp;
    private final float dropout;

    public Encoder(Config config) {
        norm1 = part("norm1", new LayerNorm(config.width(), config.epsilon()));
        attn = part("attn", new Attention(config.width(), config.heads(), config.qkvBias(), config.attentionDropout()));
        norm2 = part("norm2", new LayerNorm(config.width(), config.epsilon()));
        mlp = part("mlp", new FeedForward(config.width(), config.hidden(), config.dropout()));
        dropout = config.dropout();
    }

    @Override
    public Tensor forward(Tensor x) {
        x = x.add(attn.forward(norm1.forward(x)).dropout(dropout));
        return x.add(mlp.forward(norm2.forward(x)));
    }
}
