package io.caracal.quickstart;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.Progress;
import java.util.function.Consumer;

/// Shows a training run: steps done, loss and accuracy. The meter appears with the first step, which tells the total.
final class TrainingMeter implements Consumer<TrainingEvent>, AutoCloseable {
    private final Display display;
    private Display.Meter meter;
    private boolean exporting;

    TrainingMeter(Display display) {
        this.display = display;
    }

    @Override
    public void accept(TrainingEvent event) {
        event.progress().ifPresent(this::show);
        if (event.state() == TrainingEvent.State.EXPORTING && !exporting) {
            exporting = true;
            close();
            display.say("Exporting to ONNX, comparing with the trained model on held-out images ...");
        }
    }

    private void show(Progress progress) {
        if (exporting) {
            return;
        }
        long total = (long) progress.epochs() * progress.steps();
        if (meter == null) {
            meter = display.meter("Training", total);
        }
        meter.at(
                (progress.epoch() - 1L) * progress.steps() + progress.step(),
                "epoch %d/%d  loss %.3f  accuracy %.3f%s  %.0f images/s"
                        .formatted(
                                progress.epoch(),
                                progress.epochs(),
                                progress.loss(),
                                progress.accuracy(),
                                progress.validationAccuracy()
                                        .map("  validation %.3f"::formatted)
                                        .orElse(""),
                                progress.imagesPerSecond()));
    }

    @Override
    public void close() {
        if (meter != null) {
            meter.close();
            meter = null;
        }
    }
}
