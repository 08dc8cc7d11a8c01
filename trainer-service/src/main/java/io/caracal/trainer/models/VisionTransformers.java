package io.caracal.trainer.models;

import com.google.auto.service.AutoService;
import io.caracal.trainer.models.VisionTransformer.Absolute;
import io.caracal.trainer.models.VisionTransformer.Axial;
import io.caracal.trainer.models.VisionTransformer.AxialLite;
import io.caracal.trainer.models.VisionTransformer.Config;
import io.caracal.trainer.models.VisionTransformer.Head;
import io.caracal.trainer.models.VisionTransformer.Mixing;
import io.caracal.trainer.models.VisionTransformer.Patterned;
import io.caracal.trainer.models.VisionTransformer.Pool;
import io.caracal.trainer.models.VisionTransformer.Size;
import io.caracal.trainer.nn.Gelu;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Pattern;
import io.caracal.trainer.nn.Relative;
import io.caracal.trainer.nn.Scheme;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// The Vision Transformers of the paper and of timm: `vit-ti-16` to `vit-h-14` (spec 2.3) and, behind convolutions,
/// the hybrids `r-vit-ti-16` to `r50-vit-l-32` (spec 2.7). All have the same options, hybrids one more.
@AutoService(Family.class)
public final class VisionTransformers implements Family {

    /// Which patches a patch sees (spec 2.9).
    enum Seeing {
        FULL,
        /// A square window.
        LOCAL,
        /// Square blocks; every second layer has them shifted by half a block, so that they mix.
        BLOCK,
        /// Two layers instead of each: one along rows, one along columns (Axial-ViT of the paper).
        AXIAL,
        /// Two attentions instead of each, one along rows, one along columns, before one MLP.
        AXIAL_LITE,
        /// Row and column together, in one layer.
        AXIAL_JOINT,
        SPARSE_STRIDED,
        SPARSE_FIXED
    }

    /// Which heads of sparse attention see which of its two sets of patches.
    enum SparseMode {
        /// Each head sees both.
        MERGED,
        /// Half of the heads see one, half the other.
        SPLIT,
        /// Layers see the one and the other in turn.
        ALTERNATE
    }

    /// What is known of places (spec 2.5).
    enum Positions {
        NONE,
        LEARNED_1D,
        SINUSOID_1D,
        LEARNED_2D,
        SINUSOID_2D,
        /// An embedding of the distance in the sequence, per layer: the paper's.
        RELATIVE_1D,
        /// A number per head for the distance in rows and columns, per layer: Swin's and BEiT's.
        RELATIVE_BIAS_2D,
        /// That, and learned positions.
        LEARNED_1D_RELATIVE_BIAS_2D
    }

    static final Option<Integer> IMAGE_SIZE = Option.imageSize(1);
    static final Option<PixelRange> NORMALIZATION = Option.normalization(PixelRange.HALF);
    /// Layers of the encoder; 0 for as many as the preset has.
    static final Option<Integer> DEPTH = Option.whole("depth", 0, 0, 256);
    static final Option<Seeing> ATTENTION = Option.choice("attention", Seeing.FULL);
    /// Of `local` and `block` attention, in patches.
    static final Option<Integer> WINDOW = Option.whole("window", 7, 1, Option.MOST_PIXELS);
    /// Of `local` attention.
    static final Option<Pattern.Border> PAD = Option.choice("pad", Pattern.Border.CLIP);
    /// Of sparse attention, in patches; 0 for the patches of a row.
    static final Option<Integer> STRIDE = Option.whole("sparse-stride", 0, 0, Option.MOST_PIXELS);
    /// Columns that `sparse-fixed` attention lets everyone see, of each run.
    static final Option<Integer> LAST = Option.whole("sparse-c", 1, 1, Option.MOST_PIXELS);
    static final Option<SparseMode> SPARSE_MODE = Option.choice("sparse-mode", SparseMode.MERGED);
    static final Option<Positions> POSITIONS = Option.choice("positions", Positions.LEARNED_1D);
    static final Option<Pool> POOL = Option.choice("pool", Pool.CLS);
    static final Option<Head> HEAD = Option.choice("head", Head.LINEAR);
    static final Option<Float> DROPOUT = Option.rate("dropout", 0);
    static final Option<Float> ATTENTION_DROPOUT = Option.rate("attention-dropout", 0);
    static final Option<Float> DROP_PATH = Option.rate("drop-path", 0);
    static final Option<Gelu> GELU = Option.choice("gelu", Gelu.ERF);
    /// Of the layer norms; the preset one is timm's and Google's.
    public static final Option<Float> LN_EPS = Option.epsilon("ln-eps", 1e-6f);

    static final Option<Scheme> INIT = Option.choice("init", Scheme.TIMM);
    /// Of hybrids.
    static final Option<HybridBackbone.Numerics> NUMERICS = Option.choice("numerics", HybridBackbone.Numerics.TIMM);

    private static final Options OPTIONS = Options.of(
            IMAGE_SIZE,
            NORMALIZATION,
            DEPTH,
            ATTENTION,
            WINDOW,
            PAD,
            STRIDE,
            LAST,
            SPARSE_MODE,
            POSITIONS,
            POOL,
            HEAD,
            DROPOUT,
            ATTENTION_DROPOUT,
            DROP_PATH,
            GELU,
            LN_EPS,
            INIT);

    @Override
    public List<Architecture> presets() {
        return List.of(
                new Preset("vit-ti-16", new Size(192, 12, 3, 768, 16), OPTIONS),
                new Preset("vit-s-16", new Size(384, 12, 6, 1536, 16), OPTIONS),
                new Preset("vit-s-32", new Size(384, 12, 6, 1536, 32), OPTIONS),
                new Preset("vit-b-16", new Size(768, 12, 12, 3072, 16), OPTIONS),
                new Preset("vit-b-32", new Size(768, 12, 12, 3072, 32), OPTIONS),
                new Preset("vit-l-16", new Size(1024, 24, 16, 4096, 16), OPTIONS),
                new Preset("vit-l-32", new Size(1024, 24, 16, 4096, 32), OPTIONS),
                new Preset("vit-h-14", new Size(1280, 32, 16, 5120, 14), OPTIONS),
                // By the paper's name; its tokens are 32 pixels apart.
                hybrid("r-vit-ti-16", new Size(192, 12, 3, 768, 8), List.of()),
                hybrid("r26-vit-s-32", new Size(384, 12, 6, 1536, 1), List.of(2, 2, 2, 2)),
                // The first three stages of a ResNet-50, whose fourth has nine layers.
                hybrid("r41-vit-b-16", new Size(768, 12, 12, 3072, 1), List.of(3, 4, 6)),
                hybrid("r50-vit-b-16", new Size(768, 12, 12, 3072, 1), List.of(3, 4, 9)),
                hybrid("r50-vit-b-32", new Size(768, 12, 12, 3072, 1), List.of(3, 4, 6, 3)),
                hybrid("r50-vit-l-32", new Size(1024, 24, 16, 4096, 1), List.of(3, 4, 6, 3)));
    }

    private static Preset hybrid(String name, Size size, List<Integer> backbone) {
        var config = new HybridBackbone.Config(backbone, NUMERICS.preset());
        var behind =
                new Size(size.width(), size.depth(), size.heads(), size.hidden(), size.patch(), Optional.of(config));
        return new Preset(name, behind, OPTIONS.and(NUMERICS));
    }

    record Preset(String name, Size size, Options options) implements Architecture {

        Preset {
            int side = size.patches(options.get(IMAGE_SIZE)).side();
            Seeing attention = options.get(ATTENTION);
            boolean lines = attention == Seeing.AXIAL || attention == Seeing.AXIAL_LITE;
            if (lines && options.get(POOL) == Pool.CLS) {
                throw new IllegalArgumentException(
                        "pool is cls, allowed with attention " + Option.text(attention) + " is mean or mean-then-norm");
            }
            if (attention == Seeing.LOCAL && options.get(WINDOW) % 2 == 0) {
                throw new IllegalArgumentException(
                        "window is " + options.get(WINDOW) + ", allowed with attention local is an odd number");
            }
            if (attention == Seeing.SPARSE_FIXED && options.get(LAST) > stride(options, side)) {
                throw new IllegalArgumentException("sparse-c is " + options.get(LAST)
                        + ", allowed is at most sparse-stride, " + stride(options, side));
            }
            if (lines && relative(options) != Relative.NONE) {
                throw new IllegalArgumentException("positions is " + Option.text(options.get(POSITIONS))
                        + ", allowed with attention " + Option.text(attention)
                        + " is none, learned-1d, sinusoid-1d, learned-2d, sinusoid-2d");
            }
            if (options.get(PAD) == Pattern.Border.ZERO && relative(options) != Relative.NONE) {
                throw new IllegalArgumentException("positions is " + Option.text(options.get(POSITIONS))
                        + ", allowed with pad zero is none, learned-1d, sinusoid-1d, learned-2d, sinusoid-2d");
            }
            EnumSet<Seeing> sparse = EnumSet.of(Seeing.SPARSE_STRIDED, Seeing.SPARSE_FIXED);
            onlyWith(EnumSet.of(Seeing.LOCAL, Seeing.BLOCK), WINDOW, options);
            onlyWith(EnumSet.of(Seeing.LOCAL), PAD, options);
            onlyWith(sparse, STRIDE, options);
            onlyWith(EnumSet.of(Seeing.SPARSE_FIXED), LAST, options);
            onlyWith(sparse, SPARSE_MODE, options);
        }

        /// Refuses what was chosen in vain.
        private static void onlyWith(EnumSet<Seeing> users, Option<?> option, Options options) {
            if (!users.contains(options.get(ATTENTION)) && !options.get(option).equals(option.preset())) {
                throw new IllegalArgumentException(
                        option.name() + " is " + Option.text(options.get(option)) + ", allowed with attention "
                                + Option.text(options.get(ATTENTION)) + ", which does not use it, is "
                                + Option.text(option.preset()));
            }
        }

        @Override
        public Recipe recipe() {
            return PublishedRecipes.deit(name);
        }

        @Override
        public Preset with(Options other) {
            return new Preset(name, size, other);
        }

        @Override
        public Layer layers(int classes) {
            return new VisionTransformer(config(classes));
        }

        Config config(int classes) {
            return new Config(
                    chosen(),
                    options.get(IMAGE_SIZE),
                    absolute(options),
                    relative(options),
                    mixing(),
                    options.get(POOL),
                    options.get(HEAD),
                    options.get(DROPOUT),
                    options.get(ATTENTION_DROPOUT),
                    options.get(DROP_PATH),
                    options.get(GELU),
                    options.get(LN_EPS),
                    options.get(INIT),
                    classes);
        }

        private Size chosen() {
            Size deep = options.get(DEPTH) == 0 ? size : size.withDepth(options.get(DEPTH));
            return deep.backbone().isPresent() ? deep.withNumerics(options.get(NUMERICS)) : deep;
        }

        private Mixing mixing() {
            int window = options.get(WINDOW);
            int stride = stride(options, size.patches(options.get(IMAGE_SIZE)).side());
            return switch (options.get(ATTENTION)) {
                case FULL -> new Patterned(List.of(new Pattern.Full()));
                case LOCAL -> new Patterned(List.of(new Pattern.Local(window, options.get(PAD))));
                case BLOCK ->
                    new Patterned(List.of(new Pattern.Block(window, 0), new Pattern.Block(window, window / 2)));
                case AXIAL -> new Axial();
                case AXIAL_LITE -> new AxialLite();
                case AXIAL_JOINT -> new Patterned(List.of(new Pattern.Cross()));
                case SPARSE_STRIDED -> sparse(new Pattern.Near(stride), new Pattern.Every(stride));
                case SPARSE_FIXED -> sparse(new Pattern.Run(stride), new Pattern.Ends(stride, options.get(LAST)));
            };
        }

        private Patterned sparse(Pattern first, Pattern second) {
            return switch (options.get(SPARSE_MODE)) {
                case MERGED -> new Patterned(List.of(new Pattern.Merged(first, second)));
                case SPLIT -> new Patterned(List.of(new Pattern.Split(first, second)));
                case ALTERNATE -> new Patterned(List.of(first, second));
            };
        }

        private static int stride(Options options, int side) {
            return options.get(STRIDE) == 0 ? side : options.get(STRIDE);
        }

        private static Absolute absolute(Options options) {
            return switch (options.get(POSITIONS)) {
                case NONE, RELATIVE_1D, RELATIVE_BIAS_2D -> Absolute.NONE;
                case LEARNED_1D, LEARNED_1D_RELATIVE_BIAS_2D -> Absolute.LEARNED_1D;
                case SINUSOID_1D -> Absolute.SINUSOID_1D;
                case LEARNED_2D -> Absolute.LEARNED_2D;
                case SINUSOID_2D -> Absolute.SINUSOID_2D;
            };
        }

        private static Relative relative(Options options) {
            return switch (options.get(POSITIONS)) {
                case NONE, LEARNED_1D, SINUSOID_1D, LEARNED_2D, SINUSOID_2D -> Relative.NONE;
                case RELATIVE_1D -> Relative.OFFSETS;
                case RELATIVE_BIAS_2D, LEARNED_1D_RELATIVE_BIAS_2D -> Relative.BIAS;
            };
        }
    }
}
