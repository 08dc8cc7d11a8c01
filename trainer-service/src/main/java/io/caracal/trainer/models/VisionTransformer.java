package io.caracal.trainer.models;

import io.caracal.trainer.nn.Attention;
import io.caracal.trainer.nn.AxialEncoder;
import io.caracal.trainer.nn.Encoder;
import io.caracal.trainer.nn.Gelu;
import io.caracal.trainer.nn.Grid;
import io.caracal.trainer.nn.GridPositions;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.LayerNorm;
import io.caracal.trainer.nn.LineAttention;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.nn.Patches;
import io.caracal.trainer.nn.Pattern;
import io.caracal.trainer.nn.Relative;
import io.caracal.trainer.nn.Scheme;
import io.caracal.trainer.nn.Sinusoid;
import io.caracal.trainer.tensor.Constant;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Vision Transformer (Dosovitskiy et al. 2020; spec 2.3 to 2.5 and 2.9): images `[N, 3, H, W]` to logits
/// `[N, classes]`. Weights have timm's names and shapes.
final class VisionTransformer extends Layer implements PatchEncoder {
    /// What tokens know of their places when they enter the encoder.
    enum Absolute {
        NONE,
        LEARNED_1D,
        SINUSOID_1D,
        LEARNED_2D,
        SINUSOID_2D
    }

    /// What the head looks at.
    enum Pool {
        /// The class token.
        CLS,
        /// The mean of all patches, normalised before (Google's); there is no class token.
        MEAN,
        /// The mean of all patches, normalised after it (timm's); there is no class token.
        MEAN_THEN_NORM
    }

    enum Head {
        LINEAR,
        /// A layer of the same width and a tanh before it, as in the paper's pre-training.
        MLP
    }

    /// Which tokens see which.
    sealed interface Mixing {}

    /// Layers take these patterns in turn.
    record Patterned(List<Pattern> patterns) implements Mixing {}

    /// Each layer is two: one within rows, one within columns.
    record Axial() implements Mixing {}

    /// Each layer has two attentions, within rows and within columns, and one MLP.
    record AxialLite() implements Mixing {}

    /// @param hidden width of the MLP
    /// @param patch width and height of what becomes a token, in pixels; of a hybrid, in places of the map
    /// @param backbone of a hybrid, whose map is cut
    record Size(int width, int depth, int heads, int hidden, int patch, Optional<HybridBackbone.Config> backbone) {

        /// Of a model that cuts the image itself.
        Size(int width, int depth, int heads, int hidden, int patch) {
            this(width, depth, heads, hidden, patch, Optional.empty());
        }

        Size withDepth(int other) {
            return new Size(width, other, heads, hidden, patch, backbone);
        }

        /// Of a hybrid with other numerics.
        Size withNumerics(HybridBackbone.Numerics other) {
            var with = backbone.map(before -> new HybridBackbone.Config(before.depths(), other));
            return new Size(width, depth, heads, hidden, patch, with);
        }

        /// The grid of tokens.
        ///
        /// @throws IllegalArgumentException if the image cannot be cut equally: in one line
        Patches patches(int imageSize) {
            return new Patches(
                    imageSize,
                    patch * backbone.map(HybridBackbone.Config::stride).orElse(1));
        }

        /// Of what is cut.
        int channels() {
            return backbone.map(HybridBackbone.Config::channels).orElse(3);
        }
    }

    /// @param dropout after positions, attention projection and both linear layers of the MLP
    /// @param dropPath of the last layer; it grows linearly from 0 in the first
    /// @param epsilon of the layer norms
    record Config(
            Size size,
            int imageSize,
            Absolute absolute,
            Relative relative,
            Mixing mixing,
            Pool pool,
            Head head,
            float dropout,
            float attentionDropout,
            float dropPath,
            Gelu gelu,
            float epsilon,
            Scheme scheme,
            int classes) {

        Grid grid() {
            return new Grid(size.patches(imageSize).side(), pool == Pool.CLS);
        }
    }

    private final Config config;
    private final Grid grid;
    private final Optional<Weight> token;
    private final Optional<Weight> table;
    private final Optional<GridPositions> gridPositions;
    private final Optional<Constant> sinusoids;
    private final PatchEmbedding embedding;
    private final List<Layer> blocks;
    private final LayerNorm norm;
    private final Optional<Linear> preLogits;
    private final Linear head;

    VisionTransformer(Config config) {
        this.config = config;
        grid = config.grid();
        int width = config.size().width();
        Scheme scheme = config.scheme();
        token = grid.classToken()
                ? Optional.of(parameter("cls_token", scheme.classToken(), 1, 1, width))
                : Optional.empty();
        table = config.absolute() == Absolute.LEARNED_1D
                ? Optional.of(parameter("pos_embed", scheme.positions(), 1, grid.tokens(), width))
                : Optional.empty();
        gridPositions = config.absolute() == Absolute.LEARNED_2D
                ? Optional.of(part("pos_embed", new GridPositions(grid.side(), width, scheme.positions())))
                : Optional.empty();
        sinusoids = sinusoids(config.absolute(), grid, width);
        embedding = part("patch_embed", new PatchEmbedding(config.size(), config.imageSize(), scheme));
        blocks = parts(
                "blocks",
                IntStream.range(0, config.size().depth())
                        .mapToObj(i -> block(config, grid, i))
                        .toList());
        String behind = config.pool() == Pool.MEAN_THEN_NORM ? "fc_norm" : "norm";
        norm = part(behind, new LayerNorm(width, config.epsilon()));
        preLogits = config.head() == Head.MLP
                ? Optional.of(part(
                        "pre_logits", new Linear(width, width, true, scheme.weight(width, width), scheme.bias(width))))
                : Optional.empty();
        head = part(
                "head",
                new Linear(width, config.classes(), true, scheme.head(width, config.classes()), scheme.bias(width)));
    }

    @Override
    public Tensor forward(Tensor x) {
        return classify(encode(x));
    }

    @Override
    public int side() {
        return grid.side();
    }

    @Override
    public int width() {
        return config.size().width();
    }

    @Override
    public Tensor encode(Tensor x) {
        return tokens(embed(x));
    }

    @Override
    public Tensor encodePatches(Tensor embedded) {
        Tensor tokens = tokens(embedded);
        return grid.extra() == 0 ? tokens : tokens.slice(1, grid.extra(), grid.tokens());
    }

    /// Embedded patches to all tokens behind the last norm, if it is not behind the mean: `[N, T, width]`.
    private Tensor tokens(Tensor embedded) {
        Tensor encoded = tokens(embedded, blocks.size());
        return switch (config.pool()) {
            case CLS, MEAN -> norm.forward(encoded);
            case MEAN_THEN_NORM -> encoded;
        };
    }

    /// Embedded patches to all tokens behind the first blocks, `[N, T, width]`.
    Tensor tokens(Tensor embedded, int count) {
        Tensor x = placed(embedded).dropout(config.dropout());
        for (Layer block : blocks.subList(0, count)) {
            x = block.forward(x);
        }
        return x;
    }

    @Override
    public Tensor patches(Tensor encoded) {
        return map(encoded, grid.extra());
    }

    @Override
    public Tensor classify(Tensor x) {
        x = switch (config.pool()) {
            case CLS -> x.token(0);
            case MEAN, MEAN_THEN_NORM -> x.mean(1);
        };
        return classifyPatches(x);
    }

    @Override
    public Tensor classifyPatches(Tensor x) {
        x = switch (config.pool()) {
            case CLS, MEAN -> x;
            case MEAN_THEN_NORM -> norm.forward(x);
        };
        return head.forward(preLogits.isPresent() ? preLogits.get().forward(x).tanh() : x);
    }

    @Override
    public Tensor embed(Tensor x) {
        return embedding.forward(x);
    }

    /// Class token and positions. A class token has a position of its own in a learned table and none otherwise.
    private Tensor placed(Tensor patches) {
        return switch (config.absolute()) {
            case NONE -> behindToken(patches);
            case LEARNED_1D -> behindToken(patches).add(table.orElseThrow());
            case LEARNED_2D -> behindToken(gridPositions.orElseThrow().forward(patches));
            case SINUSOID_1D, SINUSOID_2D -> behindToken(patches.add(sinusoids.orElseThrow()));
        };
    }

    private static Optional<Constant> sinusoids(Absolute absolute, Grid grid, int width) {
        return switch (absolute) {
            case NONE, LEARNED_1D, LEARNED_2D -> Optional.empty();
            case SINUSOID_1D -> Optional.of(Sinusoid.overSequence(grid.patches(), width));
            case SINUSOID_2D -> Optional.of(Sinusoid.overGrid(grid.side(), grid.side(), width));
        };
    }

    private Tensor behindToken(Tensor patches) {
        return token.isPresent() ? patches.prepend(token.get(), grid.patches()) : patches;
    }

    private static Layer block(Config config, Grid grid, int index) {
        int last = config.size().depth() - 1;
        float dropPath = last == 0 ? 0 : config.dropPath() * index / last;
        return switch (config.mixing()) {
            case Patterned(List<Pattern> patterns) ->
                encoder(config, attention(config, grid, patterns.get(index % patterns.size())), dropPath);
            case Axial() ->
                new AxialBlock(
                        encoder(config, lines(config, grid, LineAttention.Direction.ROWS), dropPath),
                        encoder(config, lines(config, grid, LineAttention.Direction.COLUMNS), dropPath));
            case AxialLite() ->
                new AxialEncoder(
                        encoderConfig(config),
                        lines(config, grid, LineAttention.Direction.ROWS),
                        lines(config, grid, LineAttention.Direction.COLUMNS),
                        config.scheme(),
                        dropPath);
        };
    }

    private static Encoder encoder(Config config, Layer attention, float dropPath) {
        return new Encoder(encoderConfig(config), attention, config.scheme(), dropPath);
    }

    private static Encoder.Config encoderConfig(Config config) {
        Size size = config.size();
        return new Encoder.Config(
                size.width(),
                heads(size),
                size.hidden(),
                true,
                config.dropout(),
                config.attentionDropout(),
                config.epsilon(),
                config.gelu());
    }

    private static LineAttention lines(Config config, Grid grid, LineAttention.Direction direction) {
        return new LineAttention(
                direction, grid.side(), config.size().width(), attention(config, grid, new Pattern.Full()));
    }

    private static Attention attention(Config config, Grid grid, Pattern pattern) {
        Size size = config.size();
        return new Attention(new Attention.Config(
                size.width(),
                heads(size),
                true,
                config.attentionDropout(),
                config.scheme(),
                grid,
                pattern,
                config.relative()));
    }

    private static Heads heads(Size size) {
        return new Heads(size.heads(), size.width() / size.heads());
    }

    /// `[N, 3, H, W] -> [N, patches, width]`.
    static final class PatchEmbedding extends Layer {
        private final Size size;
        private final Optional<HybridBackbone> backbone;
        private final Weight weight;
        private final Weight bias;

        PatchEmbedding(Size size, int imageSize, Scheme scheme) {
            this.size = size;
            backbone = size.backbone().map(before -> part("backbone", new HybridBackbone(before, imageSize)));
            int patch = size.patch();
            int fanIn = size.channels() * patch * patch;
            weight = parameter("proj.weight", scheme.patchWeight(fanIn), size.width(), size.channels(), patch, patch);
            bias = parameter("proj.bias", scheme.patchBias(fanIn), size.width());
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor maps = backbone.isPresent() ? backbone.get().forward(x) : x;
            return maps.conv2d(weight, bias, size.patch(), 0) // [N, width, side, side]
                    .reshape(0, size.width(), -1)
                    .permute(0, 2, 1);
        }
    }

    /// A layer along rows, then one along columns.
    static final class AxialBlock extends Layer {
        private final Encoder row;
        private final Encoder column;

        AxialBlock(Encoder row, Encoder column) {
            this.row = part("row", row);
            this.column = part("column", column);
        }

        @Override
        public Tensor forward(Tensor x) {
            return column.forward(row.forward(x));
        }
    }
}
