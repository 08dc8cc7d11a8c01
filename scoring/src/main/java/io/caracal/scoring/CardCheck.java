package io.caracal.scoring;

import ai.onnxruntime.OnnxJavaType;
import io.caracal.contracts.ModelCard;
import io.caracal.contracts.ModelCard.Input;
import io.caracal.contracts.ModelCard.Output;
import io.caracal.contracts.ModelCard.Resize;
import java.util.Arrays;

/// Holds a card against the graph it describes.
final class CardCheck {
    private CardCheck() {}

    /// Adds what the card leaves to the graph: the names of its only input and output, a fixed batch.
    ///
    /// @throws ModelException naming the first thing that does not agree
    static ModelCard complete(ModelCard card, GraphShape graph) {
        if (graph.inputs().size() != 1) {
            throw new ModelException("the graph takes " + graph.inputs().keySet() + ", allowed is one input");
        }
        Input input = card.input();
        String in = GraphShape.resolve("input", input.name(), graph.inputs());
        long[] shape = graph.inputs().get(in).shape();
        int batch = input.batch() == 0 && shape.length == 4 && shape[0] > 0 ? Math.toIntExact(shape[0]) : input.batch();
        String out = GraphShape.resolve("output", card.output().name(), graph.outputs());
        ModelCard complete = new ModelCard(
                card.name(),
                card.version(),
                card.labels(),
                new Input(in, input.layout(), input.width(), input.height(), batch, input.mean(), input.std()),
                card.resize(),
                new Output(out, card.output().kind()),
                card.provenance());
        checkInput(complete.input(), graph);
        checkResize(complete.resize(), complete.input());
        checkOutput(complete, graph);
        return complete;
    }

    private static void checkInput(Input input, GraphShape graph) {
        GraphShape.Port in = graph.inputs().get(input.name());
        OnnxJavaType type =
                switch (input.layout()) {
                    case UINT8_NHWC -> OnnxJavaType.UINT8;
                    case FLOAT_NCHW -> OnnxJavaType.FLOAT;
                };
        if (in.type() != type) {
            throw new ModelException("the card says " + input.layout() + ", the graph's input '" + input.name()
                    + "' is of type " + in.type());
        }
        long open = input.batch() == 0 ? -1 : input.batch();
        long[] expected =
                switch (input.layout()) {
                    case UINT8_NHWC -> new long[] {open, input.height(), input.width(), 3};
                    case FLOAT_NCHW -> new long[] {open, 3, input.height(), input.width()};
                };
        if (!fits(expected, in.shape())) {
            throw new ModelException("the card's input is " + Arrays.toString(expected) + ", the graph's is "
                    + Arrays.toString(in.shape()));
        }
    }

    /// An open dimension of the graph takes anything, a fixed one must be met.
    private static boolean fits(long[] card, long[] graph) {
        if (card.length != graph.length) {
            return false;
        }
        for (int axis = 0; axis < card.length; axis++) {
            if (graph[axis] > 0 && graph[axis] != card[axis]) {
                return false;
            }
        }
        return true;
    }

    private static void checkResize(Resize resize, Input input) {
        int needed = Math.max(input.width(), input.height());
        if (resize.rule() == Resize.Rule.SHORT_SIDE_CROP && resize.shortSide() < needed) {
            throw new ModelException(
                    "the card's shortSide is " + resize.shortSide() + ", the crop needs at least " + needed);
        }
    }

    private static void checkOutput(ModelCard card, GraphShape graph) {
        String name = card.output().name();
        GraphShape.Port out = graph.outputs().get(name);
        if (out.type() != OnnxJavaType.FLOAT) {
            throw new ModelException(
                    "the graph's output '" + name + "' is of type " + out.type() + ", allowed is FLOAT");
        }
        long[] shape = out.shape();
        if (shape.length != 2 || (shape[1] > 0 && shape[1] != card.labels().size())) {
            throw new ModelException("the card has " + card.labels().size() + " labels, the graph's output '" + name
                    + "' is " + Arrays.toString(shape));
        }
    }
}
