package io.caracal.trainer.models;

import io.caracal.trainer.nn.GroupNorm;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Padding;
import io.caracal.trainer.nn.StandardizedConv;
import io.caracal.trainer.tensor.Standardization;
import io.caracal.trainer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The convolutional half of hybrids like R50+ViT-B/16: a ResNet with group norm, standardised weights and a ReLU
/// after each addition, from `[N, 3, size, size]` to the map that a Vision Transformer takes its patches from (spec
/// 2.7). Names of weights are timm's.
final class HybridBackbone extends Layer {
    private static final int STEM = 64;

    /// The epsilons of kernels and group norms. The weights are the same for each.
    enum Numerics {
        /// timm's: kernels are divided by `sqrt(variance + 1e-8)`, the epsilon of group norms is 1e-5.
        TIMM,
        /// Those that Google's files were trained with: kernels are divided by `sqrt(variance) + 1e-5`, the
        /// epsilon of group norms is 1e-6.
        FLAX;

        private float epsilon() {
            return switch (this) {
                case TIMM -> 1e-5f;
                case FLAX -> 1e-6f;
            };
        }

        private Standardization standardization() {
            return switch (this) {
                case TIMM -> new Standardization.ByVariance(1e-8f);
                case FLAX -> new Standardization.ByDeviation(1e-5f);
            };
        }

        private GroupNorm norm(int channels) {
            return norm(channels, 1);
        }

        private GroupNorm norm(int channels, float scale) {
            return new GroupNorm(channels, scale, epsilon());
        }

        private StandardizedConv conv(int in, int out, int kernel, int stride, int side) {
            return new StandardizedConv(in, out, kernel, stride, Padding.same(side, kernel, stride), standardization());
        }
    }

    /// @param depths blocks in each stage; without any there is only the stem
    record Config(List<Integer> depths, Numerics numerics) {

        /// Channels of the map.
        int channels() {
            return depths.isEmpty() ? STEM : (4 * STEM) << (depths.size() - 1);
        }

        /// Pixels from one place of the map to the next.
        int stride() {
            return depths.isEmpty() ? 4 : 4 << (depths.size() - 1);
        }
    }

    private final StandardizedConv stem;
    private final GroupNorm norm;
    private final Padding pooling;
    private final List<Block> blocks = new ArrayList<>();

    /// @param size width and height of the images in pixels
    HybridBackbone(Config config, int size) {
        List<Integer> depths = config.depths();
        Numerics numerics = config.numerics();
        String first = depths.isEmpty() ? "" : "stem.";
        stem = part(first + "conv", numerics.conv(3, STEM, 7, 2, size));
        norm = part(first + "norm", numerics.norm(STEM));
        pooling = Padding.same(half(size), 3, 2);
        int side = half(half(size));
        int channels = STEM;
        for (int stage = 0; stage < depths.size(); stage++) {
            int width = STEM << stage;
            for (int block = 0; block < depths.get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                String name = "stages." + stage + ".blocks." + block;
                blocks.add(part(name, new Block(numerics, channels, width, stride, side)));
                channels = 4 * width;
                side = stride == 2 ? half(side) : side;
            }
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        x = stem(x);
        for (Block block : blocks) {
            x = block.forward(x);
        }
        return x;
    }

    /// `[N, 64, size / 4, size / 4]`
    Tensor stem(Tensor x) {
        x = norm.forward(stem.forward(x)).relu();
        // After a ReLU a zero is no larger than any number, so it never becomes a maximum by itself.
        return x.pad(pooling.before(), pooling.after()).maxPool(3, 2, 0);
    }

    private static int half(int side) {
        return Math.ceilDiv(side, 2);
    }

    /// `[N, I, H, W] -> [N, 4 * width, H / stride, W / stride]`.
    private static final class Block extends Layer {
        private final Optional<Downsample> downsample;
        private final StandardizedConv conv1;
        private final GroupNorm norm1;
        private final StandardizedConv conv2;
        private final GroupNorm norm2;
        private final StandardizedConv conv3;
        private final GroupNorm norm3;

        Block(Numerics numerics, int in, int width, int stride, int side) {
            int out = 4 * width;
            downsample = in == out && stride == 1
                    ? Optional.empty()
                    : Optional.of(part("downsample", new Downsample(numerics, in, out, stride, side)));
            conv1 = part("conv1", numerics.conv(in, width, 1, 1, side));
            norm1 = part("norm1", numerics.norm(width));
            conv2 = part("conv2", numerics.conv(width, width, 3, stride, side));
            norm2 = part("norm2", numerics.norm(width));
            conv3 = part("conv3", numerics.conv(width, out, 1, 1, stride == 2 ? half(side) : side));
            norm3 = part("norm3", numerics.norm(out, 0));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor shortcut = downsample.isPresent() ? downsample.get().forward(x) : x;
            Tensor y = norm1.forward(conv1.forward(x)).relu();
            y = norm2.forward(conv2.forward(y)).relu();
            return norm3.forward(conv3.forward(y)).add(shortcut).relu();
        }
    }

    /// The shortcut of a block that changes the shape.
    private static final class Downsample extends Layer {
        private final StandardizedConv conv;
        private final GroupNorm norm;

        Downsample(Numerics numerics, int in, int out, int stride, int side) {
            conv = part("conv", numerics.conv(in, out, 1, stride, side));
            norm = part("norm", numerics.norm(out));
        }

        @Override
        public Tensor forward(Tensor x) {
            return norm.forward(conv.forward(x));
        }
    }
}
