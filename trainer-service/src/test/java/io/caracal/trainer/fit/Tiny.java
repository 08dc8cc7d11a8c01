package io.caracal.trainer.fit;

import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Option;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.nn.BatchNorm;
import io.caracal.trainer.nn.Conv;
import io.caracal.trainer.nn.Encoder;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.Linear;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Tensor;

/// Small enough to train in a test, with everything that remembers: running statistics, dropout, attention.
record Tiny(Options options) implements Architecture {
    /// Changes nothing but what the model is called.
    static final Option<Integer> FLAVOUR = Option.whole("flavour", 1, 1, 9);

    Tiny() {
        this(Options.of(FLAVOUR));
    }

    @Override
    public String name() {
        return "tiny";
    }

    @Override
    public int imageSize() {
        return 16;
    }

    @Override
    public Recipe recipe() {
        return new Recipe(name(), 3, 16, 1e-2f, 0);
    }

    @Override
    public Layer layers(int classes) {
        return new Layers(classes);
    }

    private static final class Layers extends Layer {
        private final Conv conv = part("conv", new Conv(3, 8, 3, 2, 1));
        private final BatchNorm norm = part("norm", new BatchNorm(8));
        private final Encoder encoder =
                part("encoder", new Encoder(new Encoder.Config(8, new Heads(2, 4), 16, true, .1f, .1f, 1e-5f)));
        private final Linear head;

        Layers(int classes) {
            head = part("head", new Linear(8, classes));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor map = norm.forward(conv.forward(x)).relu().maxPool(2); // [N, 8, 4, 4]
            return head.forward(
                    encoder.forward(map.reshape(0, 8, 16).permute(0, 2, 1)).mean(1));
        }
    }
}
