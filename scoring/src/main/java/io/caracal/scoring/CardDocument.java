package io.caracal.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.contracts.ModelCard;
import io.caracal.contracts.ModelCard.Input;
import io.caracal.contracts.ModelCard.Layout;
import io.caracal.contracts.ModelCard.Output;
import io.caracal.contracts.ModelCard.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A card as somebody wrote it: what the graph already says may be left out (names of the tensors, width, height,
/// batch), what nobody can guess may not (labels, layout, mean and std of a float model, geometry, meaning of the output).
///
/// @param labels a list, or the name of a text file beside the card with one label a line
record CardDocument(
        String name,
        String version,
        JsonNode labels,
        InputPart input,
        ResizePart resize,
        OutputPart output,
        Map<String, String> provenance) {

    record InputPart(
            String name,
            Layout layout,
            Integer width,
            Integer height,
            Integer batch,
            List<Float> mean,
            List<Float> std) {}

    record ResizePart(Resize.Rule rule, Integer shortSide, Resize.Filter filter, Boolean applyExifOrientation) {}

    record OutputPart(String name, Output.Kind kind) {}

    /// @param file the model file: gives a nameless model its name, and is where a label file is looked for
    /// @throws ModelException if something that cannot be guessed is missing
    ModelCard complete(Path file, GraphShape graph) {
        return new ModelCard(
                name != null ? name : CardSource.stem(file),
                version != null ? version : "unversioned",
                labelsOf(file),
                inputOf(graph),
                resizeOf(),
                outputOf(graph),
                provenance != null ? provenance : Map.of());
    }

    private List<String> labelsOf(Path file) {
        need(labels != null && !labels.isNull(), "labels");
        if (labels.isTextual()) {
            Path list = file.resolveSibling(labels.asText());
            try {
                return Files.readAllLines(list).stream()
                        .filter(line -> !line.isBlank())
                        .map(String::strip)
                        .toList();
            } catch (IOException e) {
                throw new ModelException("the card's label file " + list + " cannot be read", e);
            }
        }
        List<String> names = new ArrayList<>();
        labels.forEach(label -> names.add(label.asText()));
        need(!names.isEmpty(), "labels");
        return names;
    }

    private Input inputOf(GraphShape graph) {
        need(input != null && input.layout != null, "input.layout (UINT8_NHWC or FLOAT_NCHW)");
        String resolved = GraphShape.resolve("input", input.name, graph.inputs());
        long[] shape = graph.inputs().get(resolved).shape();
        boolean planar = input.layout == Layout.FLOAT_NCHW;
        if (planar) {
            need(input.mean != null, "input.mean");
            need(input.std != null, "input.std");
        }
        return new Input(
                resolved,
                input.layout,
                dimension("input.width", input.width, shape, planar ? 3 : 2),
                dimension("input.height", input.height, shape, planar ? 2 : 1),
                input.batch != null ? input.batch : shape.length == 4 && shape[0] > 0 ? Math.toIntExact(shape[0]) : 0,
                input.mean != null ? input.mean : List.of(0f, 0f, 0f),
                input.std != null ? input.std : List.of(1f, 1f, 1f));
    }

    private static int dimension(String key, Integer given, long[] shape, int axis) {
        if (given != null) {
            return given;
        }
        need(shape.length == 4 && shape[axis] > 0, key);
        return Math.toIntExact(shape[axis]);
    }

    private Resize resizeOf() {
        need(resize != null && resize.rule != null, "resize.rule (SQUASH or SHORT_SIDE_CROP)");
        boolean crop = resize.rule == Resize.Rule.SHORT_SIDE_CROP;
        need(!crop || resize.shortSide != null, "resize.shortSide");
        return new Resize(
                resize.rule,
                crop ? resize.shortSide : 0,
                resize.filter != null ? resize.filter : Resize.Filter.ANTIALIAS,
                Boolean.TRUE.equals(resize.applyExifOrientation));
    }

    private Output outputOf(GraphShape graph) {
        need(output != null && output.kind != null, "output.kind (LOGITS or PROBABILITIES)");
        return new Output(GraphShape.resolve("output", output.name, graph.outputs()), output.kind);
    }

    private static void need(boolean present, String key) {
        if (!present) {
            throw new ModelException("the card lacks " + key);
        }
    }
}
