package io.caracal.trainer.models;

import com.google.auto.service.AutoService;
import io.caracal.trainer.nn.GroupNorm;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.nn.Padding;
import io.caracal.trainer.nn.StandardizedConv;
import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Standardization;
import io.caracal.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `bit-r50x1`, the ResNet-50 of Big Transfer (Kolesnikov et al. 2020): group norm and standardised weights instead of
/// batch norm, so that the size of a batch does not matter, and norm and ReLU before each convolution (spec 2.6).
/// 23,504,450 parameters for two classes. Weights have timm's names.
@AutoService(Architecture.class)
public record BitResNet(Options options) implements Architecture {
    static final Option<PixelRange> NORMALIZATION = Option.normalization(PixelRange.HALF);

    /// For images of 224x224.
    public BitResNet() {
        this(Options.of(ResNet.IMAGE_SIZE, NORMALIZATION));
    }

    @Override
    public BitResNet with(Options other) {
        return new BitResNet(other);
    }

    @Override
    public String name() {
        return "bit-r50x1";
    }

    @Override
    public Recipe recipe() {
        return PublishedRecipes.bigTransfer(name(), 32);
    }

    @Override
    public Layer layers(int classes) {
        return new Layers(List.of(3, 4, 6, 3), 64, classes);
    }

    static final class Layers extends Layer {
        private static final int STEM = 64;

        private final StandardizedConv stem;
        private final List<Block> blocks = new ArrayList<>();
        private final GroupNorm norm;
        private final Linear head;

        /// @param depths blocks in each stage
        /// @param width of the first stage's 3x3 convolutions; doubles from stage to stage
        Layers(List<Integer> depths, int width, int classes) {
            stem = part("stem.conv", conv(3, STEM, 7, 2));
            int channels = STEM;
            for (int stage = 0; stage < depths.size(); stage++) {
                for (int block = 0; block < depths.get(stage); block++) {
                    int stride = stage > 0 && block == 0 ? 2 : 1;
                    String name = "stages." + stage + ".blocks." + block;
                    blocks.add(part(name, new Block(channels, width << stage, stride)));
                    channels = 4 * (width << stage);
                }
            }
            norm = part("norm", new GroupNorm(channels));
            Initial zero = Initial.constant(0);
            head = part("head.fc", new Linear(channels, classes, true, zero, zero));
        }

        /// The zeros around the stem's maps take part in the maximum, as in the authors' code and unlike in a ResNet.
        @Override
        public Tensor forward(Tensor x) {
            x = stem.forward(x).pad(1, 1).maxPool(3, 2, 0); // [N, 64, H / 4, W / 4]
            for (Block block : blocks) {
                x = block.forward(x);
            }
            return head.forward(norm.forward(x).relu().globalAveragePool());
        }
    }

    /// `[N, I, H, W] -> [N, 4 * width, H / stride, W / stride]`.
    static final class Block extends Layer {
        private final Optional<StandardizedConv> downsample;
        private final GroupNorm norm1;
        private final StandardizedConv conv1;
        private final GroupNorm norm2;
        private final StandardizedConv conv2;
        private final GroupNorm norm3;
        private final StandardizedConv conv3;

        Block(int in, int width, int stride) {
            int out = 4 * width;
            downsample = in == out && stride == 1
                    ? Optional.empty()
                    : Optional.of(part("downsample.conv", conv(in, out, 1, stride)));
            norm1 = part("norm1", new GroupNorm(in));
            conv1 = part("conv1", conv(in, width, 1, 1));
            norm2 = part("norm2", new GroupNorm(width));
            conv2 = part("conv2", conv(width, width, 3, stride));
            norm3 = part("norm3", new GroupNorm(width));
            conv3 = part("conv3", conv(width, out, 1, 1));
        }

        /// A projected shortcut leaves after the first norm, an identity before it.
        @Override
        public Tensor forward(Tensor x) {
            Tensor active = norm1.forward(x).relu();
            Tensor shortcut = downsample.isPresent() ? downsample.get().forward(active) : x;
            Tensor y = conv1.forward(active);
            y = conv2.forward(norm2.forward(y).relu());
            y = conv3.forward(norm3.forward(y).relu());
            return y.add(shortcut);
        }
    }

    private static StandardizedConv conv(int in, int out, int kernel, int stride) {
        var standardization = new Standardization.ByVariance(1e-10f);
        return new StandardizedConv(in, out, kernel, stride, Padding.even(kernel / 2), standardization);
    }
}
