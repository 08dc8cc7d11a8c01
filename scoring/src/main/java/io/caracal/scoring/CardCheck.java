package io.caracal.scoring;

import ai.onnxruntime.OnnxJavaType;
import io.caracal.contracts.ModelCard;
import io.caracal.contracts.ModelCard.Input;
import io.caracal.contracts.ModelCard.Resize;
import java.util.Arrays;
import java.util.List;

/// Holds a card against the graph it describes.
final class CardCheck {
    private CardCheck() {}

    /// @throws ModelException naming the first thing that does not agree
    static void check(ModelCard card, GraphShape graph) {
        Input input = card.input();
        if (graph.inputs().size() != 1) {
            throw new ModelException("the graph takes " + graph.inputs().keySet() + ", allowed is one input");
        }
        GraphShape.Port in = graph.inputs().get(GraphShape.resolve("input", input.name(), graph.inputs()));
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
        checkChannels("mean", input.mean());
        checkChannels("std", input.std());
        if (input.std().contains(0f)) {
            throw new ModelException("the card's std is " + input.std() + ", allowed is anything but 0");
        }
        checkResize(card.resize(), input);
        checkOutput(card, graph);
    }

    private static void checkChannels(String key, List<Float> perChannel) {
        if (perChannel.size() != 3) {
            throw new ModelException("the card's " + key + " has " + perChannel.size() + " values, allowed is 3");
        }
    }

    private static void checkResize(Resize resize, Input input) {
        if (resize.rule() == Resize.Rule.SHORT_SIDE_CROP
                && resize.shortSide() < Math.max(input.width(), input.height())) {
            throw new ModelException("the card's shortSide is " + resize.shortSide() + ", the crop needs at least "
                    + Math.max(input.width(), input.height()));
        }
    }

    private static void checkOutput(ModelCard card, GraphShape graph) {
        GraphShape.Port out = graph.outputs().get(GraphShape.resolve("output", card.output().name(), graph.outputs()));
        if (out.type() != OnnxJavaType.FLOAT) {
            throw new ModelException("the graph's output '" + card.output().name() + "' is of type " + out.type()
                    + ", allowed is FLOAT");
        }
        long[] shape = out.shape();
        if (shape.length != 2 || (shape[1] > 0 && shape[1] != card.labels().size())) {
            throw new ModelException("the card has " + card.labels().size() + " labels, the graph's output '"
                    + card.output().name() + "' is " + Arrays.toString(shape));
        }
    }

    /// An open dimension of the graph takes anything; a fixed one must be met, so an open batch in the card does not
    /// fit a fixed one in the graph.
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
}
