package io.caracal.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/// The state of a training run, as the trainer publishes it on `training-runs` and streams it over SSE.
/// Each event is complete: the latest one tells all.
///
/// @param run the run's id, the record key
/// @param progress absent until the first step
/// @param result present once `state` is `SUCCEEDED`
/// @param failure one line for a person; present once `state` is `FAILED` or `INTERRUPTED`
public record TrainingEvent(
        String run,
        State state,
        String preset,
        Instant time,
        Optional<Progress> progress,
        Optional<Result> result,
        Optional<String> failure) {

    public TrainingEvent {
        Required.text(run, "run");
        Required.present(state, "state");
        Required.text(preset, "preset");
        Required.present(time, "time");
    }

    public enum State {
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("training")
        TRAINING,
        @JsonProperty("exporting")
        EXPORTING,
        @JsonProperty("succeeded")
        SUCCEEDED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("cancelled")
        CANCELLED,
        /// The trainer stopped before the run had ended; like one that was cancelled or failed, it can be resumed, and
        /// is `QUEUED` again then.
        @JsonProperty("interrupted")
        INTERRUPTED
    }

    /// @param epoch from 1
    /// @param step steps done in this epoch
    /// @param loss mean training loss of this epoch so far
    /// @param accuracy training accuracy of this epoch so far, [0, 1]
    /// @param validationAccuracy after the last finished epoch, if there was one
    /// @param secondsLeft until the last epoch is done, at the pace so far; absent until there is one
    public record Progress(
            int epoch,
            int epochs,
            int step,
            int steps,
            double loss,
            double accuracy,
            double imagesPerSecond,
            Optional<Double> validationAccuracy,
            Optional<Double> secondsLeft) {}

    /// @param testAccuracy of the exported file through ONNX Runtime on the held-out split
    /// @param parityMaxAbs largest absolute difference of a logit between training engine and exported file
    /// @param testSplit file that lists the held-out images, one `entry<TAB>label` a line
    public record Result(
            ModelPublished model, double testAccuracy, int testImages, double parityMaxAbs, String testSplit) {
        public Result {
            Required.present(model, "model");
            Required.present(testSplit, "testSplit");
        }
    }
}
