package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.nn.BatchNorm;
import io.caracal.trainer.nn.Conv;
import io.caracal.trainer.nn.Layer;
import io.caracal.trainer.nn.LayerNorm;
import io.caracal.trainer.nn.Linear;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every operation on both engines, against the numbers of spec 4.9 or, where it has none, against each other.
class TensorTest {
    private static final Offset<Float> CLOSE = within(2e-6f);

    @Test
    void geluByTanhIsTheApproximation() throws Exception {
        // Given: spec 4.9
        float[] x = {-3, -1, -.5f, .5f, 1, 2, 3};

        // When
        Engines.Both y = Engines.run(new Nothing(), Tensor::geluTanh, x, 1, 7);

        // Then
        y.areGolden(1e-6, -.003637392, -.158808009, -.154285990, .345714010, .841191991, 1.954597694, 2.996362608);
    }

    @Test
    void geluIsTheExactOne() throws Exception {
        // Given
        float[] x = {-3, -1, -.5f, .5f, 1, 2, 3};

        // When
        Engines.Both y = Engines.run(new Nothing(), Tensor::gelu, x, 1, 7);

        // Then
        y.areGolden(2e-6, -.004049694, -.158655254, -.154268769, .345731231, .841344746, 1.954499736, 2.995950306);
    }

    @ParameterizedTest
    @CsvSource({"1e-5, 1.3416354200, .4472118067", "1e-6, 1.3416402498, .4472134166"})
    void layerNormUsesItsEpsilon(float epsilon, double outer, double inner) throws Exception {
        // Given: the rule of spec 4.10 makes the scale 1 + .1 sin(.37 i + 1) and the shift .1 sin(.37 i + 2)
        double[] normalized = {-outer, -inner, inner, outer};
        double[] golden = new double[4];
        for (int i = 0; i < 4; i++) {
            golden[i] = normalized[i] * (1 + .1 * Math.sin(.37 * i + 1)) + .1 * Math.sin(.37 * i + 2);
        }
        Inside layer = new Inside(new LayerNorm(4, epsilon));

        // When
        Engines.Both y = Engines.run(layer, layer::forward, new float[] {1, 2, 3, 4}, 1, 4);

        // Then
        y.areGolden(1e-6, golden);
    }

    @Test
    void softmaxGivesTheGoldenShares() throws Exception {
        // Given: queries times keys of the attention of spec 4.9
        float[] products = {1, 0, 1, 1};
        UnaryOperator<Tensor> shares =
                logits -> logits.multiply(new Heads(1, 2).scale()).softmax();

        // When
        Engines.Both y = Engines.run(new Nothing(), shares, products, 1, 2, 2);

        // Then
        y.areGolden(1e-6, .6697615493, .3302384507, .5, .5);
    }

    @Test
    void layerNormOfAlmostOneColourIsTheSameOnBothEngines() throws Exception {
        // Given a patch of 32x32 whose variance is far below epsilon
        float[] patch = new float[3072];
        for (int i = 0; i < patch.length; i++) {
            patch[i] = .97f + i % 7 * 1e-3f;
        }
        Inside layer = new Inside(new LayerNorm(patch.length, 1e-5f));

        // When
        Engines.Both y = Engines.run(layer, layer::forward, patch, 1, patch.length);

        // Then
        for (int i = 0; i < patch.length; i++) {
            assertThat(y.ort()[i]).isCloseTo(y.djl()[i], within(1e-5f));
        }
    }

    @Test
    void attentionMixesValuesByTheGoldenWeights() throws Exception {
        // Given: queries, keys and values side by side, two tokens
        float[] x = {1, 0, 1, 1, 1, 2, 0, 1, 0, 1, 3, 4};
        UnaryOperator<Tensor> attention = qkv -> {
            List<Tensor> parts = qkv.split(3);
            return parts.get(0).attention(parts.get(1), parts.get(2), new Heads(1, 2), .1f);
        };

        // When
        Engines.Both y = Engines.run(new Nothing(), attention, x, 1, 2, 6);

        // Then
        y.areGolden(2e-6, 1.6604769013, 2.6604769013, 2, 3);
    }

    @Test
    void headsDoNotMix() throws Exception {
        // Given
        float[] x = random(2 * 5 * 36);
        UnaryOperator<Tensor> attention = qkv -> {
            List<Tensor> parts = qkv.split(3);
            return parts.get(0).attention(parts.get(1), parts.get(2), new Heads(3, 4), 0);
        };

        // When
        Engines.Both y = Engines.run(new Nothing(), attention, x, 2, 5, 36);

        // Then
        assertThat(y.djl()).containsExactly(reference(x, 2, 5, 3, 4), within(1e-5f));
        assertThat(y.ort()).containsExactly(reference(x, 2, 5, 3, 4), within(1e-5f));
    }

    @Test
    void everyOtherOperationAgreesOnBothEngines() throws Exception {
        // Given
        Sampler layer = new Sampler();

        // When
        Engines.Both y = Engines.run(layer, layer::forward, random(2 * 3 * 9 * 9), 2, 3, 9, 9);

        // Then
        assertThat(y.djl()).hasSize(2 * 4);
        assertThat(y.ort()).containsExactly(y.djl(), CLOSE);
        assertThat(y.djl()[0]).isNotEqualTo(y.djl()[4]);
    }

    @Test
    void poolingAndConvolutionWithoutBiasAgreeOnBothEngines() throws Exception {
        // Given
        Pooled layer = new Pooled();

        // When
        Engines.Both y = Engines.run(layer, layer::forward, random(2 * 3 * 9 * 9), 2, 3, 9, 9);

        // Then
        assertThat(y.djl()).hasSize(2 * 4);
        assertThat(y.ort()).containsExactly(y.djl(), CLOSE);
        assertThat(y.djl()[0]).isNotEqualTo(y.djl()[4]);
    }

    @Test
    void whatPadsIsNeverTheMaximum() throws Exception {
        // Given
        float[] x = {-4, -3, -2, -9, -8, -7, -6, -5, -1};

        // When
        Engines.Both y = Engines.run(new Nothing(), map -> map.maxPool(3, 2, 1), x, 1, 1, 3, 3);

        // Then
        y.areGolden(0, -3, -2, -5, -1);
    }

    @Test
    void globalAveragePoolIsTheMeanOfEachMap() throws Exception {
        // Given: two maps of 2x3
        float[] x = {1, 2, 3, 4, 5, 6, -1, -1, -1, -1, -1, 2};

        // When
        Engines.Both y = Engines.run(new Nothing(), Tensor::globalAveragePool, x, 1, 2, 2, 3);

        // Then
        y.areGolden(1e-6, 3.5, -.5);
    }

    private static float[] random(int size) {
        Random random = new Random(3);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - .5f;
        }
        return values;
    }

    /// Multi-head attention in plain loops.
    ///
    /// @param qkv `[N, T, 3 * heads * width]`
    private static float[] reference(float[] qkv, int images, int tokens, int heads, int width) {
        int channels = heads * width;
        float[] out = new float[images * tokens * channels];
        for (int n = 0; n < images; n++) {
            for (int head = 0; head < heads; head++) {
                for (int query = 0; query < tokens; query++) {
                    double[] weights = new double[tokens];
                    double sum = 0;
                    for (int key = 0; key < tokens; key++) {
                        double dot = 0;
                        for (int c = 0; c < width; c++) {
                            dot += qkv[at(n, query, 0, tokens, channels) + head * width + c]
                                    * qkv[at(n, key, 1, tokens, channels) + head * width + c];
                        }
                        weights[key] = Math.exp(dot / Math.sqrt(width));
                        sum += weights[key];
                    }
                    for (int c = 0; c < width; c++) {
                        double mixed = 0;
                        for (int key = 0; key < tokens; key++) {
                            mixed += weights[key] / sum * qkv[at(n, key, 2, tokens, channels) + head * width + c];
                        }
                        out[(n * tokens + query) * channels + head * width + c] = (float) mixed;
                    }
                }
            }
        }
        return out;
    }

    private static int at(int image, int token, int part, int tokens, int channels) {
        return ((image * tokens + token) * 3 + part) * channels;
    }

    private static final class Nothing extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    /// A single layer under the name by which its scale is known as one.
    private static final class Inside extends Layer {
        private final Layer norm;

        Inside(Layer layer) {
            norm = part("norm", layer);
        }

        @Override
        public Tensor forward(Tensor x) {
            return norm.forward(x);
        }
    }

    private static final class Pooled extends Layer {
        private final Conv conv = part("conv", Conv.residual(3, 4, 3, 1));

        @Override
        public Tensor forward(Tensor x) {
            return conv.forward(x).maxPool(3, 2, 1).globalAveragePool();
        }
    }

    /// Uses what no other test here does.
    private static final class Sampler extends Layer {
        private final Conv conv = part("conv", new Conv(3, 4, 3, 2, 1));
        private final BatchNorm norm = part("norm", new BatchNorm(4));
        private final Linear plain = part("plain", new Linear(4, 4, false));
        private final Weight token = parameter("token", Initial.normal(1), 1, 1, 4);

        @Override
        public Tensor forward(Tensor x) {
            Tensor map = norm.forward(conv.forward(x)).relu().maxPool(2); // [N, 4, 2, 2]
            Tensor tokens = map.reshape(0, 4, -1).permute(0, 2, 1); // [N, 4, 4]
            Tensor mixed = plain.forward(tokens.prepend(token, 4)); // [N, 5, 4]
            return mixed.mean(1).add(mixed.token(3)).dropout(.5f).softmax();
        }
    }
}
