package io.caracal.trainer.models;

import com.google.auto.service.AutoService;
import io.caracal.trainer.nn.Attention;
import io.caracal.trainer.nn.Conv;
import io.caracal.trainer.nn.Grid;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.LayerNorm;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.nn.Pattern;
import io.caracal.trainer.nn.Relative;
import io.caracal.trainer.nn.Scheme;
import io.caracal.trainer.nn.Sinusoid;
import io.caracal.trainer.tensor.Constant;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Normalization;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Compact Convolutional Transformer (Hassani et al. 2021; spec 2.11 a), meant for small data: convolutions make
/// the tokens, and all tokens, weighted, make the result. Images `[N, 3, H, W]` to logits `[N, classes]`. Weights
/// have the authors' names.
final class CompactTransformer extends Layer implements PatchTokens {

    /// `cct-7-7x2`: 7 layers behind 2 convolutions of 7x7.
    @AutoService(Family.class)
    public static final class Sizes implements Family {
        @Override
        public List<Architecture> presets() {
            return List.of(
                    new Preset("cct-2-3x2", new Size(2, 2, 1, 128, 3, 2), options(32)),
                    new Preset("cct-4-3x2", new Size(4, 2, 1, 128, 3, 2), options(32)),
                    new Preset("cct-6-3x1", new Size(6, 4, 2, 256, 3, 1), options(32)),
                    new Preset("cct-7-3x1", new Size(7, 4, 2, 256, 3, 1), options(32)),
                    new Preset("cct-7-3x2", new Size(7, 4, 2, 256, 3, 2), options(128)),
                    new Preset("cct-7-7x2", new Size(7, 4, 2, 256, 7, 2), options(224)),
                    new Preset("cct-14-7x2", new Size(14, 6, 3, 384, 7, 2), options(224)));
        }
    }

    enum Positions {
        LEARNED,
        SINUSOID,
        NONE
    }

    private static final float EPSILON = 1e-5f;
    private static final int STEM = 64;
    private static final Scheme SCHEME = Scheme.TIMM;

    static final Option<Integer> IMAGE_SIZE = Option.imageSize(16);
    static final Option<Positions> POSITIONS = Option.choice("positions", Positions.LEARNED);
    static final Option<Float> DROPOUT = Option.rate("dropout", 0);
    static final Option<Float> ATTENTION_DROPOUT = Option.rate("attention-dropout", .1f);
    static final Option<Float> DROP_PATH = Option.rate("drop-path", .1f);

    private static Options options(int imageSize) {
        return Options.of(IMAGE_SIZE, POSITIONS, DROPOUT, ATTENTION_DROPOUT, DROP_PATH)
                .with(IMAGE_SIZE, imageSize);
    }

    /// @param ratio of the width of the MLP to that of the tokens
    /// @param kernel of the convolutions
    record Size(int depth, int heads, int ratio, int width, int kernel, int convolutions) {

        int stride() {
            return Math.max(1, kernel / 2 - 1);
        }

        /// Tokens in a row of an image of this size.
        int side(int imageSize) {
            int side = imageSize;
            for (int i = 0; i < convolutions; i++) {
                side = (side + 2 * (kernel / 2) - kernel) / stride() + 1;
                side = (side - 1) / 2 + 1; // pooling of 3 with stride 2 and padding 1
            }
            return side;
        }
    }

    record Preset(String name, Size size, Options options) implements Architecture {

        /// CIFAR-10's mean and deviation, as the authors have them.
        @Override
        public Normalization normalization() {
            return new Normalization(new float[] {.4914f, .4822f, .4465f}, new float[] {.2470f, .2435f, .2616f});
        }

        @Override
        public Recipe recipe() {
            return PublishedRecipes.compact(name);
        }

        @Override
        public Preset with(Options other) {
            return new Preset(name, size, other);
        }

        @Override
        public Layer layers(int classes) {
            return new CompactTransformer(size, options, classes);
        }
    }

    private final Size size;
    private final int side;
    private final Tokenizer tokenizer;
    private final Classifier classifier;

    CompactTransformer(Size size, Options options, int classes) {
        this.size = size;
        side = size.side(options.get(IMAGE_SIZE));
        tokenizer = part("tokenizer", new Tokenizer(size));
        classifier = part("classifier", new Classifier(size, options, classes));
    }

    @Override
    public Tensor forward(Tensor x) {
        return classify(encode(x));
    }

    @Override
    public int side() {
        return side;
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public Tensor encode(Tensor x) {
        return classifier.encode(tokenizer.forward(x));
    }

    @Override
    public Tensor patches(Tensor encoded) {
        return map(encoded, 0);
    }

    @Override
    public Tensor classify(Tensor encoded) {
        return classifier.classify(encoded);
    }

    /// `[N, 3, H, W] -> [N, T, width]`, without positions.
    Tensor tokens(Tensor x) {
        return tokenizer.forward(x);
    }

    /// Convolution, ReLU and pooling, once or twice.
    static final class Tokenizer extends Layer {
        private final int width;
        private final List<Conv> convolutions;

        Tokenizer(Size size) {
            width = size.width();
            int last = size.convolutions() - 1;
            convolutions = IntStream.rangeClosed(0, last)
                    .mapToObj(i -> part(
                            "conv_layers." + i + ".0",
                            conv(i == 0 ? 3 : STEM, i == last ? size.width() : STEM, size.kernel(), size.stride())))
                    .toList();
        }

        private static Conv conv(int in, int out, int kernel, int stride) {
            return Conv.unbiased(in, out, kernel, stride, kernel / 2, Initial.kaiming((long) in * kernel * kernel));
        }

        @Override
        public Tensor forward(Tensor x) {
            for (Conv conv : convolutions) {
                x = conv.forward(x).relu().maxPool(3, 2, 1);
            }
            return x.reshape(0, width, -1).permute(0, 2, 1);
        }
    }

    /// `[N, T, width] -> [N, classes]`: positions, layers, the weighted sum of the tokens.
    static final class Classifier extends Layer {
        private final int tokens;
        private final int width;
        private final Positions positions;
        private final float dropout;
        private final Optional<Weight> table;
        private final Optional<Constant> sinusoids;
        private final Linear pool;
        private final List<Block> blocks;
        private final LayerNorm norm;
        private final Linear fc;

        Classifier(Size size, Options options, int classes) {
            int side = size.side(options.get(IMAGE_SIZE));
            tokens = side * side;
            width = size.width();
            positions = options.get(POSITIONS);
            dropout = options.get(DROPOUT);
            table = positions == Positions.LEARNED
                    ? Optional.of(parameter("positional_emb", Initial.normal(.2), 1, tokens, width))
                    : Optional.empty();
            sinusoids = positions == Positions.SINUSOID
                    ? Optional.of(Sinusoid.overSequence(tokens, width))
                    : Optional.empty();
            pool = part("attention_pool", linear(width, 1));
            int last = Math.max(1, size.depth() - 1);
            blocks = parts(
                    "blocks",
                    IntStream.range(0, size.depth())
                            .mapToObj(i -> new Block(size, side, options, options.get(DROP_PATH) * i / last))
                            .toList());
            norm = part("norm", new LayerNorm(width, EPSILON));
            fc = part("fc", linear(width, classes));
        }

        @Override
        public Tensor forward(Tensor x) {
            return classify(encode(x));
        }

        Tensor encode(Tensor x) {
            x = switch (positions) {
                case LEARNED -> x.add(table.orElseThrow());
                case SINUSOID -> x.add(sinusoids.orElseThrow());
                case NONE -> x;
            };
            x = x.dropout(dropout);
            for (Block block : blocks) {
                x = block.forward(x);
            }
            return norm.forward(x);
        }

        Tensor classify(Tensor x) {
            Tensor shares = pool.forward(x).permute(0, 2, 1).softmax(); // [N, 1, T]
            return fc.forward(shares.matmul(x).reshape(0, width));
        }
    }

    /// Not quite a layer of the Vision Transformer: the second norm is on the path itself, not on a branch.
    static final class Block extends Layer {
        private final LayerNorm preNorm;
        private final Attention attention;
        private final Linear linear1;
        private final LayerNorm norm1;
        private final Linear linear2;
        private final float dropout;
        private final float dropPath;

        Block(Size size, int side, Options options, float dropPath) {
            int width = size.width();
            this.dropPath = dropPath;
            dropout = options.get(DROPOUT);
            preNorm = part("pre_norm", new LayerNorm(width, EPSILON));
            attention = part(
                    "self_attn",
                    new Attention(new Attention.Config(
                            width,
                            new Heads(size.heads(), width / size.heads()),
                            false,
                            options.get(ATTENTION_DROPOUT),
                            SCHEME,
                            new Grid(side, false),
                            new Pattern.Full(),
                            Relative.NONE)));
            linear1 = part("linear1", linear(width, size.ratio() * width));
            norm1 = part("norm1", new LayerNorm(width, EPSILON));
            linear2 = part("linear2", linear(size.ratio() * width, width));
        }

        @Override
        public Tensor forward(Tensor x) {
            x = x.add(attention.forward(preNorm.forward(x)).dropout(dropout).dropPath(dropPath));
            x = norm1.forward(x);
            Tensor hidden = linear1.forward(x).gelu().dropout(dropout);
            return x.add(linear2.forward(hidden).dropout(dropout).dropPath(dropPath));
        }
    }

    private static Linear linear(int in, int out) {
        return new Linear(in, out, true, SCHEME.weight(in, out), SCHEME.bias(in));
    }
}
