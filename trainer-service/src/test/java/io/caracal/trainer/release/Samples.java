package io.caracal.trainer.release;

import io.caracal.contracts.ModelCard;
import java.util.List;
import java.util.Map;

/// Values that tests of releasing need.
final class Samples {
    private Samples() {}

    static ModelCard card(String name, String version) {
        return new ModelCard(
                name,
                version,
                List.of("cool", "warm"),
                ModelCard.Input.pixels(OnnxExport.INPUT, 224, 224),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output(OnnxExport.LOGITS, ModelCard.Output.Kind.LOGITS),
                Map.of("recipe.preset", "seed-cnn"));
    }

    /// A model whose file is the bytes 1, 2, 3.
    static CheckedModel model(String name, String version) {
        return model(name, version, 1, 2, 3);
    }

    /// @param onnx the bytes of its file, below 128
    static CheckedModel model(String name, String version, int... onnx) {
        byte[] bytes = new byte[onnx.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) onnx[i];
        }
        return new CheckedModel(
                bytes,
                card(name, version),
                new Parity(10, 1e-6, 1e-6, 0),
                new ConfusionMatrix(List.of("cool", "warm"), new int[][] {{4, 1}, {0, 5}}),
                List.of());
    }
}
