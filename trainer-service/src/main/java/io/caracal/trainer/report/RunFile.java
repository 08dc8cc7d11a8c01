package io.caracal.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.contracts.ModelCard;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.Device;
import io.caracal.trainer.fit.Evaluation;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.models.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// A file that tells of a run: its JSON, its page or its model.
///
/// @param onnx the model, if it is where the file or its folder says
public record RunFile(ComparedRun run, Optional<Path> onnx) {
    private static final String MODEL = ".onnx";
    private static final String PAGE = ".html";
    private static final String FIGURES = ".json";

    /// @throws MalformedRecordException in one line, if it is no such file
    /// @throws io.caracal.scoring.ModelException if it is a model that cannot be opened
    public static RunFile read(Path file, Presets presets) throws IOException {
        String name = file.toString();
        if (name.endsWith(MODEL)) {
            return model(file, presets);
        }
        byte[] figures = Files.readAllBytes(file);
        if (name.endsWith(PAGE)) {
            figures = RunPage.figures(new String(figures, UTF_8))
                    .orElseThrow(() -> new MalformedRecordException(file + " is not the page of a training run"))
                    .getBytes(UTF_8);
        }
        ComparedRun run = parsed(file, figures);
        return new RunFile(run, onnx(file, run));
    }

    private static ComparedRun parsed(Path file, byte[] figures) {
        try {
            return Json.read(figures, ComparedRun.class);
        } catch (MalformedRecordException e) {
            throw new MalformedRecordException(file + " does not hold the figures of a run: " + e.getMessage(), e);
        }
    }

    private static Optional<Path> onnx(Path file, ComparedRun run) {
        Path said = run.model() == null || run.model().isEmpty() ? sibling(file, MODEL) : Path.of(run.model());
        return Stream.of(sibling(file, MODEL), file.resolveSibling(said.getFileName()), said)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// The figures beside a model, if they are of it, else what its card tells.
    private static RunFile model(Path file, Presets presets) throws IOException {
        ModelCard card;
        try (Classifier classifier = Classifier.open(file, Device.CPU)) {
            card = classifier.card();
        }
        Path beside = sibling(file, FIGURES);
        if (Files.isRegularFile(beside)) {
            ComparedRun run = parsed(beside, Files.readAllBytes(beside));
            if (run.card().equals(card)) {
                return new RunFile(run, Optional.of(file));
            }
        }
        return new RunFile(ofCard(file, card, presets), Optional.of(file));
    }

    private static ComparedRun ofCard(Path file, ModelCard card, Presets presets) {
        Map<String, String> told = card.provenance();
        Optional<ComparedRun.Test> test = number(told, "test.accuracy")
                .map(accuracy -> new ComparedRun.Test(
                        number(told, "split.test").map(Double::intValue).orElse(0), accuracy, Optional.empty()));
        Optional<ModelCost> cost = Optional.ofNullable(told.get("recipe.preset"))
                .filter(presets.names()::contains)
                .map(preset -> ModelCost.of(
                        presets.named(preset, Options.among(card.provenance())),
                        card.labels().size()));
        Optional<Evaluation> validation =
                number(told, "validation.accuracy").map(accuracy -> new Evaluation(0, 0, accuracy));
        return new ComparedRun(
                file.toString(),
                card,
                validation,
                test,
                cost,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Double> number(Map<String, String> told, String property) {
        try {
            return Optional.ofNullable(told.get(property)).map(Double::valueOf);
        } catch (NumberFormatException e) {
            throw new MalformedRecordException(
                    "the card's " + property + " is " + told.get(property) + ", not a number", e);
        }
    }

    private static Path sibling(Path file, String extension) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + extension);
    }
}
