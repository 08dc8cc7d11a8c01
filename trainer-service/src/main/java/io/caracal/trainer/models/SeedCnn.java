package io.caracal.trainer.models;

import com.google.auto.service.AutoService;
import io.caracal.trainer.nn.BatchNorm;
import io.caracal.trainer.nn.Conv;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.tensor.Tensor;
import java.util.List;

/// `seed-cnn`, a small convolutional network (spec 2.1): 29,600 parameters for two classes. Published: 74.9 % of cats
/// and dogs after 10 epochs.
@AutoService(Architecture.class)
public record SeedCnn(Options options) implements Architecture {
    /// Of the hidden layer, behind its ReLU. The published program makes such a layer, of .5, and never calls it.
    static final Option<Float> FC_DROPOUT = Option.rate("fc-dropout", 0);

    /// As published.
    public SeedCnn() {
        this(Options.of(FC_DROPOUT));
    }

    @Override
    public SeedCnn with(Options other) {
        return new SeedCnn(other);
    }

    @Override
    public String name() {
        return "seed-cnn";
    }

    @Override
    public Recipe recipe() {
        return new Recipe(name(), 10, 100, 1e-3f, 0);
    }

    @Override
    public Layer layers(int classes) {
        return new Layers(classes, options.get(FC_DROPOUT));
    }

    /// `[N, I, H, W] -> [N, O, H / 4, W / 4]`, about: every step rounds down.
    static final class Stage extends Layer {
        private final Conv conv;
        private final BatchNorm norm;

        Stage(int in, int out) {
            conv = part("conv", new Conv(in, out, 3, 2, 0));
            norm = part("norm", new BatchNorm(out));
        }

        @Override
        public Tensor forward(Tensor x) {
            return norm.forward(conv.forward(x)).relu().maxPool(2);
        }
    }

    static final class Layers extends Layer {
        private static final int FEATURES = 64 * 3 * 3;
        private static final int HIDDEN = 10;

        private final List<Stage> stages;
        private final Linear hidden;
        private final Linear head;
        private final float dropout;

        /// @param dropout of what the head reads
        Layers(int classes, float dropout) {
            stages = parts("stages", List.of(new Stage(3, 16), new Stage(16, 32), new Stage(32, 64)));
            hidden = part("hidden", new Linear(FEATURES, HIDDEN));
            head = part("head", new Linear(HIDDEN, classes));
            this.dropout = dropout;
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor features = maps(x, stages.size()).reshape(0, FEATURES);
            return head.forward(hidden.forward(features).relu().dropout(dropout));
        }

        /// The pooled maps of a stage: `[N, 16, 55, 55]`, `[N, 32, 13, 13]`, `[N, 64, 3, 3]`.
        Tensor maps(Tensor x, int count) {
            for (Stage stage : stages.subList(0, count)) {
                x = stage.forward(x);
            }
            return x;
        }
    }
}
