package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Constant;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// Multi-head self-attention over `[N, T, width]` (spec 2.0); the heads may be wider together than the model.
public final class Attention extends Layer {

    /// @param qkvBias whether queries, keys and values have a bias
    /// @param dropout of the attention weights
    /// @param grid what the tokens are; nothing but relative positions and patterns needs it
    public record Config(
            int width,
            Heads heads,
            boolean qkvBias,
            float dropout,
            Scheme scheme,
            Grid grid,
            Pattern pattern,
            Relative relative) {}

    private final Config config;
    private final Linear qkv;
    private final Optional<Layer> relative;
    /// As large as the logits, and not needed to know the weights: made when it is asked for.
    private Optional<Seen> seen = Optional.empty();
    private final Linear proj;

    /// Every token sees every other, initialised by [Scheme#SEED].
    ///
    /// @param qkvBias whether queries, keys and values have a bias
    /// @param dropout of the attention weights
    public Attention(int width, Heads heads, boolean qkvBias, float dropout) {
        this(new Config(
                width, heads, qkvBias, dropout, Scheme.SEED, new Grid(0, false), new Pattern.Full(), Relative.NONE));
    }

    public Attention(Config config) {
        this.config = config;
        int width = config.width();
        int channels = config.heads().channels();
        Scheme scheme = config.scheme();
        qkv = part(
                "qkv",
                new Linear(width, 3 * channels, config.qkvBias(), scheme.weight(width, channels), scheme.bias(width)));
        relative = relative(config).map(layer -> part("rel_pos", layer));
        proj = part("proj", new Linear(channels, width, true, scheme.weight(channels, width), scheme.bias(channels)));
    }

    @Override
    public Tensor forward(Tensor x) {
        List<Tensor> parts = qkv.forward(x).split(3);
        return proj.forward(mix(parts.get(0), parts.get(1), parts.get(2)));
    }

    private static Optional<Layer> relative(Config config) {
        Heads heads = config.heads();
        return switch (config.relative()) {
            case NONE -> Optional.empty();
            case OFFSETS -> Optional.of(new RelativeOffsets(config.grid(), heads.count(), heads.width()));
            case BIAS -> {
                int side = config.grid().side();
                int reach = config.pattern() instanceof Pattern.Block block ? Math.min(block.size(), side) : side;
                yield Optional.of(new RelativeBias(config.grid(), heads.count(), reach));
            }
        };
    }

    private Tensor mix(Tensor queries, Tensor keys, Tensor values) {
        Heads heads = config.heads();
        boolean full = config.pattern() instanceof Pattern.Full;
        if (relative.isEmpty() && full) {
            return queries.attention(keys, values, heads, config.dropout());
        }
        Tensor scaled = byHead(queries).multiply(heads.scale());
        Tensor logits = scaled.matmul(byHead(keys).permute(0, 1, 3, 2)); // [N, heads, T, T]
        if (relative.isPresent()) {
            logits = switch (config.relative()) {
                case NONE -> logits;
                case OFFSETS -> logits.add(relative.get().forward(scaled));
                case BIAS -> relative.get().forward(logits);
            };
        }
        Tensor weights = full ? logits.softmax() : seen().weights(logits);
        return weights.dropout(config.dropout())
                .matmul(byHead(values))
                .permute(0, 2, 1, 3)
                .reshape(0, 0, heads.channels());
    }

    private Seen seen() {
        if (seen.isEmpty()) {
            Pattern pattern = config.pattern();
            Grid grid = config.grid();
            seen = Optional.of(new Seen(pattern.mask(grid, config.heads().count()), pattern.outside(grid)));
        }
        return seen.get();
    }

    /// What a query sees, see [Pattern].
    private record Seen(Constant mask, Optional<Constant> outside) {

        Tensor weights(Tensor logits) {
            Tensor masked = logits.add(mask);
            return outside.map(masked::softmax).orElseGet(masked::softmax);
        }
    }

    /// `[N, T, heads * width] -> [N, heads, T, width]`
    private Tensor byHead(Tensor x) {
        return x.reshape(0, 0, config.heads().count(), config.heads().width()).permute(0, 2, 1, 3);
    }
}
