package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Engines;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.Heads;
import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The building blocks put together as timm's Vision Transformer, against the numbers of spec 4.10 and 4.13.
class VisionTransformerTest {
    @Test
    void withAClassTokenGivesTheGoldenLogits() throws Exception {
        // Given
        TinyVit layers = new TinyVit(32, true);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        logits.areGolden(1e-5, .204855594, .226996384, .219124686);
    }

    @Test
    void withMeanPoolingGivesTheGoldenLogits() throws Exception {
        // Given
        TinyVit layers = new TinyVit(32, false);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(32), 1, 3, 32, 32);

        // Then
        logits.areGolden(1e-5, -.096486745, .105701821, .294122952);
    }

    @Test
    void onALargerGridGivesTheGoldenLogits() throws Exception {
        // Given
        TinyVit layers = new TinyVit(64, false);

        // When
        Engines.Both logits = Engines.run(layers, layers::forward, Filled.image(64), 1, 3, 64, 64);

        // Then
        logits.areGolden(1e-5, .244472425, .347047154, .404368522);
    }

    private static final class TinyVit extends Layer {
        private static final int WIDTH = 16;

        private final Patches patches;
        private final boolean classToken;
        private final Weight token;
        private final Weight position;
        private final Linear proj;
        private final List<Encoder> blocks;
        private final LayerNorm norm;
        private final Linear head;

        TinyVit(int image, boolean classToken) {
            this.classToken = classToken;
            patches = new Patches(image, 16);
            token = classToken ? parameter("cls_token", Initial.normal(1), 1, 1, WIDTH) : null;
            position = parameter("pos_embed", Initial.normal(1), 1, patches.count() + (classToken ? 1 : 0), WIDTH);
            proj = part("proj", new Linear(patches.values(), WIDTH));
            Encoder.Config config = new Encoder.Config(WIDTH, new Heads(4, 4), 32, true, 0, 0, 1e-6f);
            blocks = parts(
                    "blocks",
                    Stream.generate(() -> new Encoder(config)).limit(2).toList());
            norm = part("norm", new LayerNorm(WIDTH, 1e-6f));
            head = part("head", new Linear(WIDTH, 3));
        }

        @Override
        public Tensor forward(Tensor x) {
            x = proj.forward(patches.channelsFirst(x));
            x = (classToken ? x.prepend(token, patches.count()) : x).add(position);
            for (Encoder block : blocks) {
                x = block.forward(x);
            }
            x = norm.forward(x);
            return head.forward(classToken ? x.token(0) : x.mean(1));
        }
    }
}
