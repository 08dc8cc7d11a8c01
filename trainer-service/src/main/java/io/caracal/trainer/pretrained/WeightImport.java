package io.caracal.trainer.pretrained;

import io.caracal.contracts.ModelCard;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Start;
import io.caracal.trainer.tensor.MalformedTensorsException;
import io.caracal.trainer.tensor.Weight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts a network from a file of weights (spec 3): the layout is recognised by the names in it, a head for
/// another number of classes is replaced by zeros, and positions are interpolated to another grid.
public record WeightImport(Start start, Architecture architecture) {

    /// Whether the file can be used at all, found out without reading its numbers.
    ///
    /// @throws IllegalArgumentException in one line, if not
    public void check() throws IOException {
        if (!start.fromScratch()) {
            try (WeightsFile file = WeightsFile.open(start.weights())) {
                // With any labels: the head may be another one.
                List<String> labels = List.of("a", "b");
                assign(file, architecture.layers(labels.size()).weights(), labels);
            }
        }
    }

    /// Fills the network.
    ///
    /// @param labels of the network's classes
    /// @param resumed whether its weights come from a checkpoint of the same run: then nothing is changed
    /// @return empty if the start is a fresh one
    /// @throws IllegalArgumentException in one line, if the file cannot be used
    public Optional<StartReport> into(Network network, List<String> labels, boolean resumed) throws IOException {
        if (start.fromScratch()) {
            return Optional.empty();
        }
        try (WeightsFile file = WeightsFile.open(start.weights())) {
            Assignment assignment = assign(file, network.weights(), labels);
            if (!resumed) {
                fill(file, assignment, network.weights());
            }
            return Optional.of(report(file, assignment, network.weights()));
        }
    }

    private List<String> notes(WeightsFile file, Map<String, Weight> weights) throws IOException {
        Map<String, Source> sources = file.sources();
        Layout layout = layout(sources);
        List<String> notes = new ArrayList<>();
        notes.addAll(differences(layout.options(), "weights of " + layout.label() + " were"));
        notes.addAll(differences(file.options(), "the model was"));
        if (layout.translated(sources).containsKey(Assignment.CLASS_TOKEN)
                && !weights.containsKey(Assignment.CLASS_TOKEN)) {
            notes.add("its class token took part in each attention; without one the model computes something else");
        }
        notes.addAll(new Companions(Path.of(file.given()), architecture).differences());
        return notes;
    }

    /// Options that leave the weights as they are and change what they do.
    ///
    /// @param there as the weights were trained
    /// @param whose begins the line
    private List<String> differences(Map<String, String> there, String whose) {
        List<String> differences = new ArrayList<>();
        architecture.options().asText().forEach((option, now) -> {
            String before = there.getOrDefault(option, now);
            if (!before.equals(now)) {
                differences.add("%s trained with %s=%s, here it is %s".formatted(whose, option, before, now));
            }
        });
        return differences;
    }

    private Assignment assign(WeightsFile file, Map<String, Weight> weights, List<String> labels) {
        Map<String, Source> sources = file.sources();
        List<String> before = file.card().map(ModelCard::labels).orElse(labels);
        try {
            return Assignment.of(
                    layout(sources).translated(sources), weights, new HeadRows(before, labels), start.positions());
        } catch (IllegalArgumentException e) {
            throw WeightsFile.wrong(
                    file.given(),
                    "which is not for " + architecture.name() + " as it is set: " + e.getMessage()
                            + "; take the preset and options that the file was made with (layout "
                            + layout(sources).label() + ")");
        }
    }

    private static Layout layout(Map<String, Source> sources) {
        return Layout.of(sources.keySet());
    }

    private static void fill(WeightsFile file, Assignment assignment, Map<String, Weight> weights) throws IOException {
        try {
            for (Map.Entry<String, Source> entry : assignment.sources().entrySet()) {
                weights.get(entry.getKey()).set(entry.getValue().values().read());
            }
        } catch (MalformedTensorsException e) {
            throw WeightsFile.wrong(file.given(), e.getMessage());
        }
        for (String name : assignment.zeros()) {
            weights.get(name).set(new float[weights.get(name).size()]);
        }
    }

    private StartReport report(WeightsFile file, Assignment assignment, Map<String, Weight> weights)
            throws IOException {
        return new StartReport(
                file.given(),
                file.sha256(),
                layout(file.sources()).label(),
                assignment.tensors(),
                assignment.leftOut(),
                assignment.fresh(),
                assignment.head(),
                assignment.positions(),
                notes(file, weights));
    }
}
