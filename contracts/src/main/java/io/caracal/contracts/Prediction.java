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
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a prediction has at least one label");
        }
    }

    /// @param probability in [0, 1]
    public record ScoredLabel(String label, float probability) {}

    /// A model as an outcome names it.
    public record ModelRef(String name, String version) {}

    /// Milliseconds per stage. `queue` runs from the record's timestamp in Kafka to the poll that returned it, `batch`
    /// is the wait for the batch to fill, `total` runs from the record's timestamp to the scored label.
    public record Latency(double queue, double decode, double batch, double score, double total) {}
}
