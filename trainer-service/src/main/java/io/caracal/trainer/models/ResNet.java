package io.caracal.trainer.models;

import com.google.auto.service.AutoService;
import io.caracal.trainer.nn.BatchNorm;
import io.caracal.trainer.nn.Conv;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Residual networks (He et al. 2016) in the layout of torchvision, "v1.5": the 3x3 convolution of a bottleneck has the
/// stride (spec 2.6). Weights have torchvision's names.
final class ResNet extends Layer {

    /// Of a network whose last maps are a 32nd of the image, rounded up, and end in their mean: any size will do.
    /// From 64 pixels on these have four places at least, so that a batch norm has a variance even in a batch of
    /// one image.
    static final Option<Integer> IMAGE_SIZE = Option.imageSize(64);

    static final Option<PixelRange> NORMALIZATION = Option.normalization(PixelRange.IMAGENET);

    /// `resnet-18` and `resnet-50`: 11,177,538 and 23,512,130 parameters for two classes.
    @AutoService(Family.class)
    public static final class Depths implements Family {
        @Override
        public List<Architecture> presets() {
            Options options = Options.of(IMAGE_SIZE, NORMALIZATION);
            return List.of(
                    new Preset("resnet-18", Kind.BASIC, List.of(2, 2, 2, 2), 64, options),
                    new Preset("resnet-50", Kind.BOTTLENECK, List.of(3, 4, 6, 3), 32, options));
        }
    }

    /// @param depths blocks in each of the four stages
    /// @param batchSize of its recipe
    record Preset(String name, Kind kind, List<Integer> depths, int batchSize, Options options)
            implements Architecture {

        @Override
        public Recipe recipe() {
            return PublishedRecipes.residual(name, batchSize);
        }

        @Override
        public Preset with(Options other) {
            return new Preset(name, kind, depths, batchSize, other);
        }

        @Override
        public Layer layers(int classes) {
            return new ResNet(new Config(kind, WIDTHS, depths, classes));
        }
    }

    /// What a block is made of.
    enum Kind {
        /// Two 3x3 convolutions.
        BASIC,
        /// 1x1, 3x3 and 1x1 convolutions; the last one makes four times the width.
        BOTTLENECK
    }

    /// @param widths of the four stages
    /// @param depths blocks in each of the four stages
    record Config(Kind kind, List<Integer> widths, List<Integer> depths, int classes) {}

    private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512);
    private static final int STEM = 64;

    private final Conv conv1;
    private final BatchNorm bn1;
    private final List<Layer> blocks = new ArrayList<>();
    private final Linear fc;

    ResNet(Config config) {
        conv1 = part("conv1", Conv.residual(3, STEM, 7, 2));
        bn1 = part("bn1", new BatchNorm(STEM));
        int channels = STEM;
        for (int stage = 0; stage < config.depths().size(); stage++) {
            int width = config.widths().get(stage);
            int out =
                    switch (config.kind()) {
                        case BASIC -> width;
                        case BOTTLENECK -> 4 * width;
                    };
            for (int block = 0; block < config.depths().get(stage); block++) {
                int in = channels;
                int stride = stage > 0 && block == 0 ? 2 : 1;
                Layer layer =
                        switch (config.kind()) {
                            case BASIC -> new Basic(in, out, stride);
                            case BOTTLENECK -> new Bottleneck(in, width, out, stride);
                        };
                blocks.add(part("layer" + (stage + 1) + "." + block, layer));
                channels = out;
            }
        }
        fc = part("fc", new Linear(channels, config.classes()));
    }

    @Override
    public Tensor forward(Tensor x) {
        return fc.forward(maps(x).globalAveragePool());
    }

    /// The last stage's maps: `[N, C, H / 32, W / 32]`, rounded up.
    Tensor maps(Tensor x) {
        x = bn1.forward(conv1.forward(x)).relu().maxPool(3, 2, 1); // [N, 64, H / 4, W / 4]
        for (Layer block : blocks) {
            x = block.forward(x);
        }
        return x;
    }

    /// `[N, I, H, W] -> [N, O, H / stride, W / stride]`.
    static final class Basic extends Layer {
        private final Conv conv1;
        private final BatchNorm bn1;
        private final Conv conv2;
        private final BatchNorm bn2;
        private final Optional<Downsample> downsample;

        Basic(int in, int out, int stride) {
            conv1 = part("conv1", Conv.residual(in, out, 3, stride));
            bn1 = part("bn1", new BatchNorm(out));
            conv2 = part("conv2", Conv.residual(out, out, 3, 1));
            bn2 = part("bn2", new BatchNorm(out, 0));
            downsample = Downsample.where(in, out, stride).map(layer -> part("downsample", layer));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = bn1.forward(conv1.forward(x)).relu();
            y = bn2.forward(conv2.forward(y));
            return y.add(downsample.isPresent() ? downsample.get().forward(x) : x)
                    .relu();
        }
    }

    /// `[N, I, H, W] -> [N, O, H / stride, W / stride]`.
    static final class Bottleneck extends Layer {
        private final Conv conv1;
        private final BatchNorm bn1;
        private final Conv conv2;
        private final BatchNorm bn2;
        private final Conv conv3;
        private final BatchNorm bn3;
        private final Optional<Downsample> downsample;

        Bottleneck(int in, int width, int out, int stride) {
            conv1 = part("conv1", Conv.residual(in, width, 1, 1));
            bn1 = part("bn1", new BatchNorm(width));
            conv2 = part("conv2", Conv.residual(width, width, 3, stride));
            bn2 = part("bn2", new BatchNorm(width));
            conv3 = part("conv3", Conv.residual(width, out, 1, 1));
            bn3 = part("bn3", new BatchNorm(out, 0));
            downsample = Downsample.where(in, out, stride).map(layer -> part("downsample", layer));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = bn1.forward(conv1.forward(x)).relu();
            y = bn2.forward(conv2.forward(y)).relu();
            y = bn3.forward(conv3.forward(y));
            return y.add(downsample.isPresent() ? downsample.get().forward(x) : x)
                    .relu();
        }
    }

    /// The shortcut of a block that changes the shape.
    static final class Downsample extends Layer {
        private final Conv conv;
        private final BatchNorm norm;

        private Downsample(int in, int out, int stride) {
            conv = part("0", Conv.residual(in, out, 1, stride));
            norm = part("1", new BatchNorm(out));
        }

        /// Empty where the input can be added as it is.
        static Optional<Downsample> where(int in, int out, int stride) {
            return stride == 1 && in == out ? Optional.empty() : Optional.of(new Downsample(in, out, stride));
        }

        @Override
        public Tensor forward(Tensor x) {
            return norm.forward(conv.forward(x));
        }
    }
}
