package io.caracal.trainer.models;

import com.google.auto.service.AutoService;
import io.caracal.trainer.nn.FeedForward;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.LayerNorm;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.nn.Patches;
import io.caracal.trainer.nn.Scheme;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Normalization;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Transformer in Transformer (Han et al. 2021; spec 2.8): an outer transformer over 16x16 patches, and in each patch
/// an inner one over its 4x4 words of 4x4 pixels. Images `[N, 3, H, W]` to logits `[N, classes]`. Weights have the
/// names and shapes of timm's `tnt_s_patch16_224`.
final class TransformerInTransformer extends Layer implements PatchTokens {

    /// `tnt-ti-16`, `tnt-s-16` and `tnt-b-16`.
    @AutoService(Family.class)
    public static final class Sizes implements Family {
        @Override
        public List<Architecture> presets() {
            return List.of(
                    new Preset("tnt-ti-16", new Size(12, 2, 192, 3, 12), OPTIONS),
                    new Preset("tnt-s-16", new Size(24, 4, 384, 6, 12), OPTIONS),
                    new Preset("tnt-b-16", new Size(40, 4, 640, 10, 12), OPTIONS));
        }
    }

    /// Whether places are learned or not known.
    enum Positions {
        LEARNED,
        NONE
    }

    private static final int PATCH = 16;
    /// Words in a patch: 4x4, each where a 7x7 kernel with stride 4 looks.
    private static final int WORDS = 16;
    private static final int WORD_KERNEL = 7;
    private static final int WORD_STRIDE = 4;
    private static final int MLP_RATIO = 4;
    private static final float EPSILON = 1e-5f;
    private static final Scheme SCHEME = Scheme.TIMM;
    private static final Initial POSITION = Initial.normal(.02);

    static final Option<Integer> IMAGE_SIZE = Option.imageSize(PATCH);
    static final Option<Positions> INNER = Option.choice("inner-positions", Positions.LEARNED);
    static final Option<Positions> OUTER = Option.choice("positions", Positions.LEARNED);
    static final Option<Float> DROPOUT = Option.rate("dropout", 0);
    static final Option<Float> ATTENTION_DROPOUT = Option.rate("attention-dropout", 0);
    static final Option<Float> DROP_PATH = Option.rate("drop-path", .1f);

    private static final Options OPTIONS = Options.of(IMAGE_SIZE, INNER, OUTER, DROPOUT, ATTENTION_DROPOUT, DROP_PATH);

    /// @param words channels of a word
    /// @param width channels of a patch
    record Size(int words, int innerHeads, int width, int outerHeads, int depth) {}

    record Preset(String name, Size size, Options options) implements Architecture {
        Preset {
            var _ = new Patches(options.get(IMAGE_SIZE), PATCH);
        }

        @Override
        public Normalization normalization() {
            return Normalization.HALF;
        }

        @Override
        public Recipe recipe() {
            return PublishedRecipes.transformerInTransformer(name);
        }

        @Override
        public Preset with(Options other) {
            return new Preset(name, size, other);
        }

        @Override
        public Layer layers(int classes) {
            return new TransformerInTransformer(size, options, classes);
        }
    }

    private final Patches patches;
    private final Size size;
    private final float dropout;
    private final Weight token;
    private final Optional<Weight> patchPosition;
    private final Optional<Weight> wordPosition;
    private final Weight wordWeight;
    private final Weight wordBias;
    private final Sentence sentence;
    private final List<Block> blocks;
    private final LayerNorm norm;
    private final Linear head;

    TransformerInTransformer(Size size, Options options, int classes) {
        this.size = size;
        patches = new Patches(options.get(IMAGE_SIZE), PATCH);
        dropout = options.get(DROPOUT);
        int c = size.words();
        token = parameter("cls_token", POSITION, 1, 1, size.width());
        patchPosition = options.get(OUTER) == Positions.LEARNED
                ? Optional.of(parameter("patch_pos", POSITION, 1, patches.count() + 1, size.width()))
                : Optional.empty();
        wordPosition = options.get(INNER) == Positions.LEARNED
                ? Optional.of(parameter("pixel_pos", POSITION, 1, c, 4, 4))
                : Optional.empty();
        Initial conv = SCHEME.patchWeight(3 * WORD_KERNEL * WORD_KERNEL);
        wordWeight = parameter("pixel_embed.proj.weight", conv, c, 3, WORD_KERNEL, WORD_KERNEL);
        wordBias = parameter("pixel_embed.proj.bias", conv, c);
        int values = WORDS * c;
        sentence = new Sentence(
                part("norm1_proj", new LayerNorm(values, EPSILON)),
                part("proj", linear(values, size.width(), true)),
                part("norm2_proj", new LayerNorm(size.width(), EPSILON)),
                values);
        int last = Math.max(1, size.depth() - 1);
        blocks = parts(
                "blocks",
                IntStream.range(0, size.depth())
                        .mapToObj(i -> new Block(
                                size, dropout, options.get(ATTENTION_DROPOUT), options.get(DROP_PATH) * i / last))
                        .toList());
        norm = part("norm", new LayerNorm(size.width(), EPSILON));
        head = part("head", linear(size.width(), classes, true));
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
        return size.width();
    }

    @Override
    public Tensor encode(Tensor x) {
        Tensor words = words(x); // [N * patches, 16, c]
        Tensor tokens = sentence.of(words, patches.count()).prepend(token, patches.count());
        if (patchPosition.isPresent()) {
            tokens = tokens.add(patchPosition.get());
        }
        tokens = tokens.dropout(dropout); // [N, patches + 1, width]
        for (Block block : blocks) {
            words = block.inner(words);
            tokens = block.outer(tokens, words, patches.count());
        }
        return norm.forward(tokens);
    }

    @Override
    public Tensor patches(Tensor encoded) {
        return map(encoded, 1);
    }

    @Override
    public Tensor classify(Tensor encoded) {
        return head.forward(encoded.token(0));
    }

    /// `[N, 3, H, W] -> [N * patches, 16, c]`: each patch is a picture of its own, words do not look beyond it.
    /// Channels stay last in memory all the way: so words are contiguous, and no later layer has to gather
    /// them.
    Tensor words(Tensor images) {
        Tensor pictures = images.permute(0, 2, 3, 1)
                .reshape(0, patches.side(), PATCH, patches.side(), PATCH, 3)
                .permute(0, 1, 3, 2, 4, 5)
                .reshape(-1, PATCH, PATCH, 3)
                .permute(0, 3, 1, 2);
        Tensor words = pictures.conv2d(wordWeight, wordBias, WORD_STRIDE, WORD_KERNEL / 2); // [N * patches, c, 4, 4]
        if (wordPosition.isPresent()) {
            words = words.add(wordPosition.get());
        }
        return words.reshape(0, size.words(), WORDS).permute(0, 2, 1);
    }

    private static Linear linear(int in, int out, boolean biased) {
        return new Linear(in, out, biased, SCHEME.weight(in, out), SCHEME.bias(in));
    }

    /// The words of a patch, taken together, to what they say about it.
    private record Sentence(LayerNorm norm1, Linear proj, LayerNorm norm2, int values) {

        /// `[N * patches, 16, c] -> [N, patches, width]`
        Tensor of(Tensor words, int patches) {
            return norm2.forward(proj.forward(norm1.forward(words.reshape(-1, patches, values))));
        }
    }

    /// Queries and keys from one layer, values from another, both without a bias.
    static final class Mixer extends Layer {
        private final Heads heads;
        private final float dropout;
        private final float attentionDropout;
        private final Linear qk;
        private final Linear v;
        private final Linear proj;

        Mixer(int width, int heads, float dropout, float attentionDropout) {
            this.heads = new Heads(heads, width / heads);
            this.dropout = dropout;
            this.attentionDropout = attentionDropout;
            qk = part("qk", linear(width, 2 * width, false));
            v = part("v", linear(width, width, false));
            proj = part("proj", linear(width, width, true));
        }

        @Override
        public Tensor forward(Tensor x) {
            List<Tensor> parts = qk.forward(x).split(2);
            Tensor mixed = parts.get(0).attention(parts.get(1), v.forward(x), heads, attentionDropout);
            return proj.forward(mixed).dropout(dropout);
        }
    }

    /// One layer of the inner and one of the outer transformer.
    static final class Block extends Layer {
        private final LayerNorm normIn;
        private final Mixer attentionIn;
        private final LayerNorm normMlpIn;
        private final FeedForward mlpIn;
        private final Sentence sentence;
        private final LayerNorm normOut;
        private final Mixer attentionOut;
        private final LayerNorm normMlp;
        private final FeedForward mlp;
        private final float dropPath;

        Block(Size size, float dropout, float attentionDropout, float dropPath) {
            int c = size.words();
            int width = size.width();
            this.dropPath = dropPath;
            normIn = part("norm_in", new LayerNorm(c, EPSILON));
            attentionIn = part("attn_in", new Mixer(c, size.innerHeads(), dropout, attentionDropout));
            normMlpIn = part("norm_mlp_in", new LayerNorm(c, EPSILON));
            mlpIn = part("mlp_in", new FeedForward(c, MLP_RATIO * c, dropout, SCHEME));
            int values = WORDS * c;
            sentence = new Sentence(
                    part("norm1_proj", new LayerNorm(values, EPSILON)),
                    part("proj", linear(values, width, false)),
                    part("norm2_proj", new LayerNorm(width, EPSILON)),
                    values);
            normOut = part("norm_out", new LayerNorm(width, EPSILON));
            attentionOut = part("attn_out", new Mixer(width, size.outerHeads(), dropout, attentionDropout));
            normMlp = part("norm_mlp", new LayerNorm(width, EPSILON));
            mlp = part("mlp", new FeedForward(width, MLP_RATIO * width, dropout, SCHEME));
        }

        /// Words, `[N * patches, 16, c]` to the same.
        Tensor inner(Tensor words) {
            words = words.add(attentionIn.forward(normIn.forward(words)).dropPath(dropPath));
            return words.add(mlpIn.forward(normMlpIn.forward(words)).dropPath(dropPath));
        }

        /// Tokens, `[N, patches + 1, width]` to the same. The class token has no words.
        Tensor outer(Tensor tokens, Tensor words, int patches) {
            tokens = tokens.add(sentence.of(words, patches).pad(1, 1, 0));
            return forward(tokens);
        }

        /// The outer layer.
        @Override
        public Tensor forward(Tensor tokens) {
            tokens = tokens.add(attentionOut.forward(normOut.forward(tokens)).dropPath(dropPath));
            return tokens.add(mlp.forward(normMlp.forward(tokens)).dropPath(dropPath));
        }
    }
}
