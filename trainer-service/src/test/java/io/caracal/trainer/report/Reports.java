package io.caracal.trainer.report;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.Split;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.Evaluation;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Recipe;
import io.caracal.trainer.release.CheckedModel;
import io.caracal.trainer.release.ConfusionMatrix;
import io.caracal.trainer.release.OnnxExport;
import io.caracal.trainer.release.Parity;
import io.caracal.trainer.release.ScoredImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run whose data set is full of names that were chosen to do harm.
final class Reports {
    static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(2)>",
            "'--></style><script src=https://evil.example/x.js></script>",
            "{\"a\":\"</script><svg/onload=alert(3)>\"}",
            "javascript:alert(4)",
            "&lt;b&gt;\u202egpj.exe\u0000");

    private Reports() {}

    static RunReport hostile() {
        String cat = HOSTILE.get(0);
        String dog = HOSTILE.get(1);
        List<EpochResult> epochs = List.of(epoch(1, 0.5), epoch(2, 0.75));
        var card = new ModelCard(
                HOSTILE.get(3),
                HOSTILE.get(4),
                List.of(cat, dog),
                ModelCard.Input.pixels(OnnxExport.INPUT, 64, 64),
                ModelCard.Resize.squash(ModelCard.Resize.Filter.ANTIALIAS),
                new ModelCard.Output(OnnxExport.LOGITS, ModelCard.Output.Kind.LOGITS),
                Map.of("data.sha256", "ab".repeat(32), HOSTILE.get(2), HOSTILE.get(5)));
        var model = new CheckedModel(
                new byte[] {1},
                card,
                new Parity(4, 1e-6, 1e-6, 0),
                new ConfusionMatrix(List.of(cat, dog), new int[][] {{2, 0}, {1, 1}}),
                List.of(
                        new ScoredImage(0, 0, 0.9f, 0.9f),
                        new ScoredImage(0, 0, 0.8f, 0.8f),
                        new ScoredImage(1, 0, 0.7f, 0.3f),
                        new ScoredImage(1, 1, 0.6f, 0.6f)));
        return RunReport.of(
                        new Recipe("seed-cnn", 2, 8, 1e-3f, 1),
                        new Presets().named("seed-cnn"),
                        split(),
                        epochs,
                        epochs.getLast(),
                        model,
                        List.of(
                                new Mistake(HOSTILE.get(5), dog, cat, 0.7f, 0.3f, Optional.of(new byte[] {1, 2, 3})),
                                new Mistake(HOSTILE.get(2), dog, cat, 0.6f, 0.4f, Optional.empty())),
                        List.of(new ImageSet.Skipped(HOSTILE.get(1), HOSTILE.get(2))),
                        new Machine("cpu", 2, 1L << 30, "Linux", "25", HOSTILE.get(0), "0", "1"),
                        75.5)
                .writtenTo(HOSTILE.get(1));
    }

    private static EpochResult epoch(int number, double accuracy) {
        return new EpochResult(
                number,
                2,
                new Evaluation(16, 0.7, accuracy),
                new Evaluation(4, 0.6, accuracy),
                Optional.empty(),
                8,
                16);
    }

    private static Split split() {
        List<Example> images = List.of(new Example("a", HOSTILE.get(0)), new Example("b", HOSTILE.get(1)));
        return new Split(images, images, images);
    }
}
