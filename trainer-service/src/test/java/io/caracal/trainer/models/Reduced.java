package io.caracal.trainer.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Architectures that are made smaller for tests, and the combinations of their options.
public final class Reduced {
    private static final List<Map<String, String>> ATTENTIONS = List.of(
            Map.of("attention", "full"),
            Map.of("attention", "local", "window", "3"),
            Map.of("attention", "local", "window", "3", "pad", "zero"),
            Map.of("attention", "block", "window", "2"),
            Map.of("attention", "axial"),
            Map.of("attention", "axial-lite"),
            Map.of("attention", "axial-joint"),
            Map.of("attention", "sparse-strided"),
            Map.of("attention", "sparse-strided", "sparse-mode", "split"),
            Map.of("attention", "sparse-strided", "sparse-mode", "alternate"),
            Map.of("attention", "sparse-fixed"),
            Map.of("attention", "sparse-fixed", "sparse-mode", "split", "sparse-c", "2"),
            Map.of("attention", "sparse-fixed", "sparse-mode", "alternate"));

    private Reduced() {}

    /// An architecture with fewer layers, each like those of the whole one; itself if it is not made of equal layers.
    public static Architecture depth(Architecture whole, int depth) {
        return switch (whole) {
            case VisionTransformers.Preset vit -> {
                yield vit.with(vit.options().with(VisionTransformers.DEPTH, depth));
            }
            case TransformerInTransformer.Preset tnt -> {
                TransformerInTransformer.Size size = tnt.size();
                yield new TransformerInTransformer.Preset(
                        tnt.name(),
                        new TransformerInTransformer.Size(
                                size.words(), size.innerHeads(), size.width(), size.outerHeads(), depth),
                        tnt.options());
            }
            case CompactTransformer.Preset cct -> {
                CompactTransformer.Size size = cct.size();
                yield new CompactTransformer.Preset(
                        cct.name(),
                        new CompactTransformer.Size(
                                depth, size.heads(), size.ratio(), size.width(), size.kernel(), size.convolutions()),
                        cct.options());
            }
            case SmallDataTransformer.Preset sl -> {
                SmallDataTransformer.Size size = sl.size();
                yield new SmallDataTransformer.Preset(
                        sl.name(),
                        new SmallDataTransformer.Size(size.width(), depth, size.heads(), size.hidden(), size.patch()),
                        sl.options());
            }
            default -> whole;
        };
    }

    /// Two narrow layers over 4x4 patches, with each combination of attention, positions, pooling, head and GELU that a
    /// Vision Transformer takes.
    public static List<Architecture> visionTransformers() {
        List<Architecture> all = new ArrayList<>();
        for (Map<String, String> attention : ATTENTIONS) {
            for (var positions : VisionTransformers.Positions.values()) {
                for (var pool : List.of(VisionTransformer.Pool.CLS, VisionTransformer.Pool.MEAN)) {
                    Options options = visionTransformer(attention)
                            .with(VisionTransformers.POSITIONS, positions)
                            .with(VisionTransformers.POOL, pool);
                    for (var head : VisionTransformer.Head.values()) {
                        Options headed = options.with(VisionTransformers.HEAD, head);
                        Stream.of("erf", "tanh")
                                .map(gelu -> headed.with("gelu", gelu))
                                .filter(Reduced::allowed)
                                .map(Reduced::small)
                                .forEach(all::add);
                    }
                }
            }
        }
        return all;
    }

    /// The same layers behind a stem of convolutions, and behind two stages of them: each option by itself.
    public static List<Architecture> hybrids() {
        Options cls = hybrid(Map.of());
        Options mean = cls.with(VisionTransformers.POOL, VisionTransformer.Pool.MEAN);
        List<Options> all = new ArrayList<>();
        for (Map<String, String> attention : ATTENTIONS) {
            all.add(with(mean, attention));
        }
        for (var positions : VisionTransformers.Positions.values()) {
            all.add(cls.with(VisionTransformers.POSITIONS, positions));
        }
        all.add(cls.with(VisionTransformers.HEAD, VisionTransformer.Head.MLP));
        all.add(cls.with("gelu", "tanh"));
        // One stage more halves the map, and a patch of half as many places has as many pixels.
        return all.stream()
                .flatMap(options -> Stream.of(hybrid(4, List.of(), options), hybrid(2, List.of(1, 1), options)))
                .toList();
    }

    private static Architecture hybrid(int patch, List<Integer> stages, Options options) {
        var backbone = new HybridBackbone.Config(stages, HybridBackbone.Numerics.TIMM);
        var size = new VisionTransformer.Size(48, 2, 3, 96, patch, Optional.of(backbone));
        return new VisionTransformers.Preset("hybrid", size, options);
    }

    private static Options hybrid(Map<String, String> settings) {
        return with(new Presets().named("r26-vit-s-32").options().with(VisionTransformers.IMAGE_SIZE, 64), settings);
    }

    /// Two layers of the smallest preset of each other family, with each combination of its options.
    public static List<Architecture> others() {
        List<Architecture> all = new ArrayList<>();
        for (String inner : List.of("learned", "none")) {
            for (String outer : List.of("learned", "none")) {
                all.add(preset("tnt-ti-16", Map.of("image-size", "32", "inner-positions", inner, "positions", outer)));
            }
        }
        for (String positions : List.of("learned", "sinusoid", "none")) {
            all.add(preset("cct-2-3x2", Map.of("positions", positions)));
        }
        for (String patches : List.of("shifted", "plain")) {
            for (String attention : List.of("locality", "full")) {
                all.add(preset("sl-vit-32-4", Map.of("patches", patches, "attention", attention)));
            }
        }
        return all;
    }

    /// Convolutional networks, whole, for images of other sizes, one of them no multiple of 32, and normalised
    /// otherwise.
    public static List<Architecture> convolutional() {
        Presets presets = new Presets();
        return List.of(
                presets.named("small-resnet", Map.of("image-size", "100", "normalization", "half")),
                presets.named("resnet-18", Map.of("image-size", "64", "normalization", "unit")),
                presets.named("resnet-50", Map.of("image-size", "64")),
                presets.named("bit-r50x1", Map.of("image-size", "96", "normalization", "imagenet")));
    }

    /// Two narrow layers with each choice of what leaves shapes as they are: the numerics of hybrids, over the map
    /// of two stages and of the stem alone, the epsilon of layer norms, the last norm behind the mean, and the
    /// normalisation of pixels.
    public static List<Architecture> sameShapes() {
        List<Architecture> all = new ArrayList<>();
        for (List<Integer> depths : List.of(List.of(1, 1), List.<Integer>of())) {
            for (String numerics : List.of("timm", "flax")) {
                all.add(hybrid(2, depths, hybrid(Map.of("numerics", numerics))));
            }
        }
        for (String epsilon : List.of("1e-12", "1e-5")) {
            all.add(small(visionTransformer(Map.of("ln-eps", epsilon))));
        }
        for (String head : List.of("linear", "mlp")) {
            all.add(small(visionTransformer(Map.of("pool", "mean-then-norm", "head", head))));
        }
        all.add(small(visionTransformer(Map.of("pool", "mean-then-norm", "attention", "axial-lite"))));
        for (String normalization : List.of("imagenet", "unit")) {
            all.add(small(visionTransformer(Map.of("normalization", normalization))));
        }
        return all;
    }

    private static Architecture preset(String name, Map<String, String> options) {
        return depth(new Presets().named(name, options), 2);
    }

    private static Options visionTransformer(Map<String, String> attention) {
        return with(new Presets().named("vit-ti-16").options().with(VisionTransformers.IMAGE_SIZE, 64), attention);
    }

    private static Options with(Options plain, Map<String, String> settings) {
        Options options = plain;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        return options;
    }

    /// What does not go together is refused: see [OptionsTest].
    private static boolean allowed(Options options) {
        try {
            small(options);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Architecture small(Options options) {
        return new VisionTransformers.Preset("vit", new VisionTransformer.Size(48, 2, 3, 96, 16), options);
    }
}
