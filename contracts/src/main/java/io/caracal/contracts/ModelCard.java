package io.caracal.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Everything a classifier must know about a model file besides its weights. Travels inside the ONNX file as the
/// metadata property [#METADATA_KEY], or as a YAML or JSON file beside a foreign one.
///
/// Written by hand, only `name`, `labels` and the input's `width` and `height` are needed:
///
/// ```yaml
/// name: resnet-18
/// labels: [cat, dog]
/// input: {width: 224, height: 224, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]}
/// ```
///
/// @param name the model's name: the key on the `models` topic
/// @param version "1" when not given
/// @param labels one per output, in output order
/// @param input what the graph takes
/// @param resize how an image becomes that input; squash, antialiased, when not given
/// @param output the name and meaning of the graph's output; its only output and logits when not given
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

    /// @throws IllegalArgumentException if a field is missing or wrong
    public ModelCard {
        Required.text(name, "name");
        version = Objects.requireNonNullElse(version, "1");
        Required.text(version, "version");
        labels = Required.nonEmpty(labels, "labels");
        Required.present(input, "input");
        resize = Objects.requireNonNullElseGet(resize, () -> Resize.squash(Resize.Filter.ANTIALIAS));
        output = Objects.requireNonNullElseGet(output, () -> new Output("", Output.Kind.LOGITS));
        provenance = provenance == null ? Map.of() : Map.copyOf(provenance);
    }

    /// @param name the graph input's name; empty means the graph's only input
    /// @param layout `FLOAT_NCHW` when not given
    /// @param batch 0 when any batch size is accepted, else the one that is
    /// @param mean per channel R, G, B, subtracted after the division by 255; used by `FLOAT_NCHW` only; 0 when not
    /// given
    /// @param std per channel, divided by last; used by `FLOAT_NCHW` only; 1 when not given
    public record Input(
            String name,
            Layout layout,
            int width,
            int height,
            @JsonSetter(nulls = Nulls.AS_EMPTY) int batch,
            List<Float> mean,
            List<Float> std) {
        public Input {
            name = Objects.requireNonNullElse(name, "");
            layout = Objects.requireNonNullElse(layout, Layout.FLOAT_NCHW);
            Required.atLeast(1, width, "width");
            Required.atLeast(1, height, "height");
            Required.atLeast(0, batch, "batch");
            mean = channels(mean, 0f, "mean");
            std = channels(std, 1f, "std");
            if (std.contains(0f)) {
                throw new IllegalArgumentException("std has a zero, pixels are divided by it");
            }
        }

        /// What this project's own exports take: `uint8[N, height, width, 3]`, any N; normalisation is in the graph.
        public static Input pixels(String name, int width, int height) {
            return new Input(name, Layout.UINT8_NHWC, width, height, 0, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        }

        private static List<Float> channels(List<Float> values, float otherwise, String field) {
            if (values == null) {
                return List.of(otherwise, otherwise, otherwise);
            }
            List<Float> channels = Required.nonEmpty(values, field);
            if (channels.size() != 3 || !channels.stream().allMatch(Float::isFinite)) {
                throw new IllegalArgumentException(field + " is " + values + ", three numbers are needed: R, G, B");
            }
            return channels;
        }
    }

    public enum Layout {
        /// `uint8[N, H, W, 3]`, RGB, 0-255.
        @JsonProperty("uint8-nhwc")
        UINT8_NHWC,
        /// `float32[N, 3, H, W]`, RGB, `(value / 255 - mean) / std`.
        @JsonProperty("float-nchw")
        FLOAT_NCHW
    }

    /// @param rule the geometry; `SQUASH` when not given
    /// @param shortSide for `SHORT_SIDE_CROP`: what the short side is resized to before the centre crop; else 0
    /// @param filter `ANTIALIAS` when not given
    public record Resize(
            Rule rule,
            @JsonSetter(nulls = Nulls.AS_EMPTY) int shortSide,
            Filter filter,
            @JsonSetter(nulls = Nulls.AS_EMPTY) boolean applyExifOrientation) {
        public Resize {
            rule = Objects.requireNonNullElse(rule, Rule.SQUASH);
            filter = Objects.requireNonNullElse(filter, Filter.ANTIALIAS);
            Required.atLeast(rule == Rule.SHORT_SIDE_CROP ? 1 : 0, shortSide, "shortSide");
        }

        public enum Rule {
            /// Width and height are forced, the aspect ratio is not kept.
            @JsonProperty("squash")
            SQUASH,
            /// The short side is resized, the centre is cut out.
            @JsonProperty("short-side-crop")
            SHORT_SIDE_CROP
        }

        public enum Filter {
            @JsonProperty("antialias")
            ANTIALIAS,
            @JsonProperty("linear")
            LINEAR
        }

        public static Resize squash(Filter filter) {
            return new Resize(Rule.SQUASH, 0, filter, false);
        }
    }

    /// @param name the graph output's name; empty means the graph's only output
    /// @param kind `LOGITS` when not given
    public record Output(String name, Kind kind) {
        public Output {
            name = Objects.requireNonNullElse(name, "");
            kind = Objects.requireNonNullElse(kind, Kind.LOGITS);
        }

        public enum Kind {
            @JsonProperty("logits")
            LOGITS,
            @JsonProperty("probabilities")
            PROBABILITIES
        }
    }
}
