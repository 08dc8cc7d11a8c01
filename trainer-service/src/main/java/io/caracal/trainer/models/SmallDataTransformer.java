package io.caracal.trainer.models;

import com.google.auto.service.AutoService;
import io.caracal.trainer.nn.Attention;
import io.caracal.trainer.nn.Encoder;
import io.caracal.trainer.nn.Grid;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.LayerNorm;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.nn.Patches;
import io.caracal.trainer.nn.Pattern;
import io.caracal.trainer.nn.Relative;
import io.caracal.trainer.nn.Scheme;
import io.caracal.trainer.tensor.Constant;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Normalization;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Vision Transformer for small data (Lee et al. 2021, "Vision Transformer for Small-Size Datasets"; spec 2.11 b):
/// patches see their neighbours (shifted patch tokenization, SPT), and no token attends to itself (locality
/// self-attention, LSA). Either can be switched off; without both it is the paper's plain model. Images `[N, 3, H, W]`
/// to logits `[N, classes]`.
final class SmallDataTransformer extends Layer implements PatchTokens {

    /// `sl-vit-32-4`: images of 32, patches of 4 pixels.
    @AutoService(Family.class)
    public static final class Sizes implements Family {
        @Override
        public List<Architecture> presets() {
            return List.of(preset(32, 4), preset(64, 8), preset(128, 8), preset(224, 16));
        }

        private static Architecture preset(int imageSize, int patch) {
            Options options = Options.of(IMAGE_SIZE, PATCHES, ATTENTION, DROPOUT, ATTENTION_DROPOUT, DROP_PATH)
                    .with(IMAGE_SIZE, imageSize);
            return new Preset("sl-vit-" + imageSize + "-" + patch, new Size(192, 9, 12, 384, patch), options);
        }
    }

    enum Tokenization {
        SHIFTED,
        PLAIN
    }

    enum Seeing {
        LOCALITY,
        FULL
    }

    private static final float EPSILON = 1e-5f;
    private static final Scheme SCHEME = Scheme.XAVIER;
    /// Of the image and its four shifted copies together.
    private static final int SHIFTED_CHANNELS = 15;

    static final Option<Integer> IMAGE_SIZE = Option.imageSize(4);
    static final Option<Tokenization> PATCHES = Option.choice("patches", Tokenization.SHIFTED);
    static final Option<Seeing> ATTENTION = Option.choice("attention", Seeing.LOCALITY);
    static final Option<Float> DROPOUT = Option.rate("dropout", 0);
    static final Option<Float> ATTENTION_DROPOUT = Option.rate("attention-dropout", 0);
    /// The same in every layer.
    static final Option<Float> DROP_PATH = Option.rate("drop-path", .1f);

    /// @param patch width and height in pixels, an even number
    record Size(int width, int depth, int heads, int hidden, int patch) {}

    record Preset(String name, Size size, Options options) implements Architecture {
        Preset {
            var _ = new Patches(options.get(IMAGE_SIZE), size.patch());
        }

        @Override
        public Normalization normalization() {
            return Normalization.IMAGENET;
        }

        @Override
        public Recipe recipe() {
            return PublishedRecipes.smallData(name);
        }

        @Override
        public Preset with(Options other) {
            return new Preset(name, size, other);
        }

        @Override
        public Layer layers(int classes) {
            return new SmallDataTransformer(size, options, classes);
        }
    }

    private final Patches patches;
    private final int width;
    private final float dropout;
    private final Weight position;
    private final Weight token;
    private final Tokenizer tokenizer;
    private final List<Encoder> blocks;
    private final LayerNorm norm;
    private final Linear head;

    SmallDataTransformer(Size size, Options options, int classes) {
        patches = new Patches(options.get(IMAGE_SIZE), size.patch());
        dropout = options.get(DROPOUT);
        width = size.width();
        position = parameter("pos_embed", SCHEME.positions(), 1, patches.count() + 1, width);
        token = parameter("cls_token", SCHEME.classToken(), 1, 1, width);
        tokenizer = part("patch_embed", new Tokenizer(patches, width, options.get(PATCHES)));
        blocks = parts(
                "blocks",
                Stream.generate(() -> block(size, options)).limit(size.depth()).toList());
        norm = part("norm", new LayerNorm(width, EPSILON));
        head = part("head", linear(width, classes, true));
    }

    @Override
    public Tensor forward(Tensor x) {
        return classify(encode(x));
    }

    @Override
    public int side() {
        return patches.side();
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public Tensor encode(Tensor x) {
        x = tokens(x).prepend(token, patches.count()).add(position).dropout(dropout); // [N, patches + 1, width]
        for (Encoder block : blocks) {
            x = block.forward(x);
        }
        return x;
    }

    @Override
    public Tensor patches(Tensor encoded) {
        return map(norm.forward(encoded), 1);
    }

    @Override
    public Tensor classify(Tensor encoded) {
        return head.forward(norm.forward(encoded.token(0)));
    }

    /// `[N, patches, width]`, without positions.
    Tensor tokens(Tensor x) {
        return tokenizer.forward(x);
    }

    private Encoder block(Size size, Options options) {
        Heads heads = new Heads(size.heads(), size.width() / size.heads());
        float attentionDropout = options.get(ATTENTION_DROPOUT);
        Layer attention =
                switch (options.get(ATTENTION)) {
                    case LOCALITY -> new LocalityAttention(size.width(), heads, attentionDropout, patches.count() + 1);
                    case FULL ->
                        new Attention(new Attention.Config(
                                size.width(),
                                heads,
                                false,
                                attentionDropout,
                                SCHEME,
                                new Grid(patches.side(), true),
                                new Pattern.Full(),
                                Relative.NONE));
                };
        var config = new Encoder.Config(
                size.width(), heads, size.hidden(), false, options.get(DROPOUT), attentionDropout, EPSILON);
        return new Encoder(config, attention, SCHEME, options.get(DROP_PATH));
    }

    private static Linear linear(int in, int out, boolean biased) {
        return new Linear(in, out, biased, SCHEME.weight(in, out), SCHEME.bias(in));
    }

    /// `[N, 3, H, W] -> [N, patches, width]`.
    static final class Tokenizer extends Layer {
        private final Patches patches;
        private final Optional<LayerNorm> norm;
        private final Linear proj;

        Tokenizer(Patches patches, int width, Tokenization tokenization) {
            this.patches = patches;
            boolean shifted = tokenization == Tokenization.SHIFTED;
            int values = patches.values() / 3 * (shifted ? SHIFTED_CHANNELS : 3);
            norm = shifted ? Optional.of(part("norm", new LayerNorm(values, EPSILON))) : Optional.empty();
            proj = part("proj", linear(values, width, true));
        }

        @Override
        public Tensor forward(Tensor x) {
            if (norm.isEmpty()) {
                return proj.forward(patches.channelsLast(x));
            }
            return proj.forward(norm.get().forward(patches.channelsLast(withShifts(x), SHIFTED_CHANNELS)));
        }

        /// `[N, 3, H, W] -> [N, 15, H, W]`: the image, then read half a patch further left and up, right and up, left
        /// and down, right and down, with zeros around it.
        private Tensor withShifts(Tensor x) {
            Tensor padded = x.pad(patches.patch() / 2, patches.patch() / 2);
            int far = 2 * (patches.patch() / 2);
            return x.concat(
                    1, window(padded, 0, 0), window(padded, 0, far), window(padded, far, 0), window(padded, far, far));
        }

        private Tensor window(Tensor padded, int top, int left) {
            return padded.slice(2, top, top + patches.image()).slice(3, left, left + patches.image());
        }
    }

    /// Attention whose heads learn how sharp they are, and whose tokens do not see themselves.
    /// `[N, T, width] -> [N, T, width]`.
    static final class LocalityAttention extends Layer {
        private final Heads heads;
        private final float dropout;
        private final Weight scale;
        private final Linear qkv;
        private final Linear proj;
        private final Constant itself;

        LocalityAttention(int width, Heads heads, float dropout, int tokens) {
            this.heads = heads;
            this.dropout = dropout;
            scale = parameter("scale", Initial.constant(heads.scale()), heads.count());
            Initial initial = SCHEME.weight(width, heads.channels());
            qkv = part("qkv", new Linear(width, 3 * heads.channels(), false, initial, initial));
            proj = part("proj", linear(heads.channels(), width, true));
            itself = diagonal(tokens);
        }

        @Override
        public Tensor forward(Tensor x) {
            List<Tensor> parts = qkv.forward(x).split(3);
            Tensor queries = apart(parts.get(0))
                    .permute(0, 1, 3, 2)
                    .multiply(scale) // [N, T, head width, heads]
                    .permute(0, 3, 1, 2);
            Tensor keys = apart(parts.get(1)).permute(0, 2, 3, 1); // [N, heads, head width, T]
            Tensor values = apart(parts.get(2)).permute(0, 2, 1, 3); // [N, heads, T, head width]
            return proj.forward(queries.matmul(keys)
                    .add(itself)
                    .softmax()
                    .dropout(dropout)
                    .matmul(values)
                    .permute(0, 2, 1, 3)
                    .reshape(0, 0, heads.channels()));
        }

        /// `[N, T, heads * width] -> [N, T, heads, width]`
        private Tensor apart(Tensor x) {
            return x.reshape(0, 0, heads.count(), heads.width());
        }

        private static Constant diagonal(int tokens) {
            float[] values = new float[tokens * tokens];
            for (int i = 0; i < tokens; i++) {
                values[i * tokens + i] = Float.NEGATIVE_INFINITY;
            }
            return new Constant(values, tokens, tokens);
        }
    }
}
