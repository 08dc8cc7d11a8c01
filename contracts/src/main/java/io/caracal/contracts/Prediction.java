package io.caracal.contracts;

import java.time.Instant;
import java.util.List;

/// The labels of one image.
///
/// @param labels best first, at least one
/// @param model what scored it
/// @param latency how long each stage took, milliseconds
/// @param imageTime when the image was taken or sent (see [ImageRecord#time])
/// @param time when the label was found
public record Prediction(
        String id,
        String source,
        List<ScoredLabel> labels,
        ModelRef model,
        Latency latency,
        Origin origin,
        Instant imageTime,
        Instant time)
        implements Outcome {

    public Prediction {
        Required.text(id, "id");
        Required.text(source, "source");
        labels = Required.nonEmpty(labels, "labels");
        Required.present(model, "model");
        Required.present(latency, "latency");
        Required.present(origin, "origin");
        Required.present(imageTime, "imageTime");
        Required.present(time, "time");
    }

    /// @param probability in [0, 1]
    public record ScoredLabel(String label, float probability) {
        public ScoredLabel {
            Required.present(label, "label");
            Required.fraction(probability, "probability");
        }
    }

    /// A model as an outcome names it.
    public record ModelRef(String name, String version) {
        public ModelRef {
            Required.text(name, "name");
            Required.text(version, "version");
        }
    }

    /// Milliseconds per stage. `queue` runs from the record's timestamp in Kafka to the poll that returned it,
    /// `batch` is the wait for the batch to fill, `total` runs from the record's timestamp to the scored label.
    public record Latency(double queue, double decode, double batch, double score, double total) {}
}
