package io.caracal.contracts;

import java.util.List;
import java.util.Map;

/// Everything a classifier must know about a model file besides its weights. Travels inside the ONNX file as the
/// metadata property [#METADATA_KEY], or as a YAML or JSON file beside a foreign one.
///
/// @param name the model's name: the key on the `models` topic
/// @param labels one per output, in output order
/// @param input what the graph takes
/// @param resize how an image becomes that input
/// @param output the name and meaning of the graph's output
/// @param provenance free-form facts: data set hash, recipe, revision, metrics
public record ModelCard(
        String name,
        String version,
        List<String> labels,
        Input input,
        Resize resize,
        Output output,
        Map<String, String> provenance) {

    public static final String METADATA_KEY = "caracal.card";

    public ModelCard {
        labels = List.copyOf(labels);
        provenance = Map.copyOf(provenance);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a model card needs at least one label");
        }
    }

    /// @param name the graph input's name
    /// @param batch 0 when any batch size is accepted, else the one that is
    /// @param mean per channel, subtracted after the division by 255; used by `FLOAT_NCHW` only
    /// @param std per channel, divided by last; used by `FLOAT_NCHW` only
    public record Input(
            String name, Layout layout, int width, int height, int batch, List<Float> mean, List<Float> std) {
        public Input {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }

        /// What this project's own exports take: `uint8[N, height, width, 3]`, any N; normalisation is in the graph.
        public static Input pixels(String name, int width, int height) {
            return new Input(name, Layout.UINT8_NHWC, width, height, 0, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        }
    }

    public enum Layout {
        /// `uint8[N, H, W, 3]`, RGB, 0-255.
        UINT8_NHWC,
        /// `float32[N, 3, H, W]`, RGB, `(value / 255 - mean) / std`.
        FLOAT_NCHW
    }

    /// @param rule the geometry
    /// @param shortSide for `SHORT_SIDE_CROP`: what the short side is resized to before the centre crop; else 0
    public record Resize(Rule rule, int shortSide, Filter filter, boolean applyExifOrientation) {
        public enum Rule {
            /// Width and height are forced, the aspect ratio is not kept.
            SQUASH,
            /// The short side is resized, the centre is cut out.
            SHORT_SIDE_CROP
        }

        public enum Filter {
            ANTIALIAS,
            LINEAR
        }

        public static Resize squash(Filter filter) {
            return new Resize(Rule.SQUASH, 0, filter, false);
        }
    }

    /// @param name the graph output's name
    public record Output(String name, Kind kind) {
        public enum Kind {
            LOGITS,
            PROBABILITIES
        }
    }
}
