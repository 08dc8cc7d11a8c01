package io.caracal.inference.pipeline;

import io.caracal.contracts.ImageRecord;
import io.caracal.contracts.Outcome;
import io.caracal.contracts.Prediction;
import io.caracal.contracts.Prediction.Latency;
import io.caracal.contracts.Rejection;
import io.caracal.contracts.RejectionReason;
import io.caracal.imaging.Decoded;
import io.caracal.imaging.Refusal;
import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.inference.model.LoadedModel;
import io.caracal.scoring.Scores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;

/// A few images through decoder and model, on one thread: the smallest piece of work of the pipeline.
final class Run {
    private static final Logger LOG = Logger.getLogger(Run.class);
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    private final LoadedModel model;
    private final Workspace workspace;
    private final StageClock clock;
    private final InferenceMetrics metrics;
    private final int topK;

    Run(LoadedModel model, Workspace workspace, StageClock clock, InferenceMetrics metrics, int topK) {
        this.model = model;
        this.workspace = workspace;
        this.clock = clock;
        this.metrics = metrics;
        this.topK = topK;
    }

    /// An image on its way: `refusal` is null when its pixels are in the workspace.
    private record Step(ConsumerRecord<byte[], byte[]> record, ImageRecord image, Refusal refusal, long decodeNanos) {}

    /// One outcome per record, in their order.
    List<Finished> of(Polled polled) {
        List<Step> steps = new ArrayList<>(polled.records().size());
        for (ConsumerRecord<byte[], byte[]> record : polled.records()) {
            steps.add(decode(record));
        }
        int images = (int) steps.stream().filter(step -> step.refusal == null).count();
        if (images == 0) {
            return steps.stream().map(Run::rejected).toList();
        }
        long started = clock.nanos();
        Scores scores = model.classifier().score(workspace.decoded(), images);
        long ended = clock.nanos();
        metrics.scored(images);
        return outcomes(polled, steps, scores, new Scored(ended - started, ended - polled.nanos(), clock.now()));
    }

    private Step decode(ConsumerRecord<byte[], byte[]> record) {
        ImageRecord image = ImageRecord.from(record);
        long started = clock.nanos();
        Decoded decoded;
        try {
            decoded = workspace.decode(image.bytes());
        } catch (RuntimeException e) {
            // A hole in the decoder must not hold up every image behind this one.
            LOG.errorf(
                    e,
                    "The decoder failed on %s; the image is rejected as damaged",
                    image.origin().asId());
            decoded = new Refusal(Refusal.Reason.DAMAGED, "the decoder failed: " + e.getMessage());
        }
        Refusal refusal =
                switch (decoded) {
                    case Decoded.Done done -> null;
                    case Refusal refused -> refused;
                };
        return new Step(record, image, refusal, clock.nanos() - started);
    }

    /// @param nanos of the run
    /// @param sincePollNanos from the poll to the end of the run
    private record Scored(long nanos, long sincePollNanos, Instant at) {}

    private List<Finished> outcomes(Polled polled, List<Step> steps, Scores scores, Scored scored) {
        List<Finished> finished = new ArrayList<>(steps.size());
        int row = 0;
        for (Step step : steps) {
            if (step.refusal != null) {
                finished.add(rejected(step));
            } else if (scores.isFinite(row)) {
                finished.add(new Finished(step.record, prediction(polled, step, scores, row++, scored)));
            } else {
                finished.add(unscorable(step));
                row++;
            }
        }
        return finished;
    }

    private Outcome prediction(Polled polled, Step step, Scores scores, int row, Scored scored) {
        ImageRecord image = step.image;
        long queue = queueNanos(step.record, polled.at());
        long batch = Math.max(0, scored.sincePollNanos - step.decodeNanos - scored.nanos);
        return new Prediction(
                image.id(),
                image.source(),
                TopLabels.of(
                        model.classifier().card().labels(), scores.logits()[row], scores.probabilities()[row], topK),
                model.ref(),
                new Latency(
                        millis(queue),
                        millis(step.decodeNanos),
                        millis(batch),
                        millis(scored.nanos),
                        millis(queue + scored.sincePollNanos)),
                image.origin(),
                image.time(),
                scored.at);
    }

    /// 0 for a record without a timestamp, or with one from a clock that is ahead of ours.
    private static long queueNanos(ConsumerRecord<byte[], byte[]> record, Instant polledAt) {
        if (record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE) {
            return 0;
        }
        return Math.max(0, TimeUnit.MILLISECONDS.toNanos(polledAt.toEpochMilli() - record.timestamp()));
    }

    /// To the microsecond: more digits are noise and bytes.
    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI;
    }

    private static Finished rejected(Step step) {
        return rejected(step, Reasons.of(step.refusal.reason()), step.refusal.message());
    }

    /// One image that makes a model overflow must not hold up every image behind it.
    private Finished unscorable(Step step) {
        return rejected(
                step,
                RejectionReason.UNSCORABLE,
                "model " + model.ref().name() + " " + model.ref().version() + " gives scores that are not finite");
    }

    private static Finished rejected(Step step, RejectionReason reason, String message) {
        ImageRecord image = step.image;
        return new Finished(step.record, new Rejection(image.id(), image.source(), reason, message, image.origin()));
    }
}
