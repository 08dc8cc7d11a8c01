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
            float epsilon,
            Gelu gelu) {

        /// With the exact GELU.
        public Config(
                int width,
                Heads heads,
                int hidden,
                boolean qkvBias,
                float dropout,
                float attentionDropout,
                float epsilon) {
            this(width, heads, hidden, qkvBias, dropout, attentionDropout, epsilon, Gelu.ERF);
        }

        FeedForward mlp(Scheme scheme) {
            return new FeedForward(width, hidden, dropout, scheme, gelu);
        }
    }

    private final LayerNorm norm1;
    private final Layer attn;
    private final LayerNorm norm2;
    private final FeedForward mlp;
    private final float dropout;
    private final float dropPath;

    /// With [Attention] over all tokens, initialised by [Scheme#SEED].
    public Encoder(Config config) {
        this(
                config,
                new Attention(config.width(), config.heads(), config.qkvBias(), config.attentionDropout()),
                Scheme.SEED,
                0);
    }

    /// @param attention `[N, T, width] -> [N, T, width]`
    /// @param scheme of the MLP
    /// @param dropPath rate at which either residual branch is left out for an image in training mode
    public Encoder(Config config, Layer attention, Scheme scheme, float dropPath) {
        norm1 = part("norm1", new LayerNorm(config.width(), config.epsilon()));
        attn = part("attn", attention);
        norm2 = part("norm2", new LayerNorm(config.width(), config.epsilon()));
        mlp = part("mlp", config.mlp(scheme));
        dropout = config.dropout();
        this.dropPath = dropPath;
    }

    @Override
    public Tensor forward(Tensor x) {
        x = x.add(attn.forward(norm1.forward(x)).dropout(dropout).dropPath(dropPath));
        return x.add(mlp.forward(norm2.forward(x)).dropPath(dropPath));
    }
}
