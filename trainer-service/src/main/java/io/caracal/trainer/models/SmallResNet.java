package io.caracal.trainer.models;

import com.google.auto.service.AutoService;
import io.caracal.trainer.nn.BatchNorm;
import io.caracal.trainer.nn.Conv;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// `small-resnet`, made for training from scratch on a CPU with thousands of photographs instead of millions:
/// 2,772,498 parameters for two classes, 117 million MACs for an image of 128x128, its preset size, a fifteenth of
/// ResNet-18 at 224.
///
/// A CPU spends its time where maps are large: on moving them through norms and ReLUs more than on arithmetic. So
/// the largest maps have 16 channels, a vector of floats, and are halved at once; depth is where maps are small.
@AutoService(Architecture.class)
public record SmallResNet(Options options) implements Architecture {
    /// For images of 128x128.
    public SmallResNet() {
        this(Options.of(ResNet.IMAGE_SIZE, ResNet.NORMALIZATION).with(ResNet.IMAGE_SIZE, 128));
    }

    @Override
    public SmallResNet with(Options other) {
        return new SmallResNet(other);
    }

    @Override
    public String name() {
        return "small-resnet";
    }

    @Override
    public Recipe recipe() {
        return new Recipe(name(), 52, 64, 2e-3f, 0)
                .with("optimizer", Map.of("rule", "adamw", "weightDecay", 0.05))
                .with("schedule", Map.of("shape", "cosine", "warmUpEpochs", 2))
                .with("augmentation", Map.of("minScale", 0.3, "colorJitter", 0.2))
                .with("labelSmoothing", 0.1);
    }

    @Override
    public Layer layers(int classes) {
        return new Layers(classes);
    }

    static final class Layers extends Layer {
        private final Conv stem;
        private final BatchNorm norm;
        private final List<ResNet.Basic> blocks;
        private final Linear head;

        Layers(int classes) {
            stem = part("stem", Conv.residual(3, 16, 3, 2));
            norm = part("norm", new BatchNorm(16));
            blocks = parts(
                    "blocks",
                    List.of(
                            new ResNet.Basic(16, 32, 2),
                            new ResNet.Basic(32, 64, 2),
                            new ResNet.Basic(64, 64, 1),
                            new ResNet.Basic(64, 128, 2),
                            new ResNet.Basic(128, 128, 1),
                            new ResNet.Basic(128, 256, 2),
                            new ResNet.Basic(256, 256, 1)));
            head = part("head", new Linear(256, classes));
        }

        @Override
        public Tensor forward(Tensor x) {
            x = norm.forward(stem.forward(x)).relu(); // [N, 16, 64, 64] at 128 pixels
            for (Layer block : blocks) {
                x = block.forward(x); // [N, 32, 32, 32] to [N, 256, 4, 4]
            }
            return head.forward(x.globalAveragePool());
        }
    }
}
