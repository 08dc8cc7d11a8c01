package io.caracal.trainer.cli;

import io.caracal.datasets.ImageSet;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.StepProgress;
import io.caracal.trainer.pretrain.PretrainListener;
import io.caracal.trainer.pretrain.PretrainOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Shows a pre-training to a person, with the bar of [TrainConsole].
final class PretrainConsole implements PretrainListener {
    private final PrintWriter out;
    private final TrainConsole bar;
    private double commonest;

    /// @param terminal whether a bar can be drawn
    PretrainConsole(PrintWriter out, boolean terminal, BooleanSupplier cancelled) {
        this.out = out;
        bar = new TrainConsole(out, terminal, cancelled);
    }

    @Override
    public boolean cancelled() {
        return bar.cancelled();
    }

    @Override
    public void prepared(SplitSizes sizes, int hidden, int patches) {
        bar.prepared(sizes);
        print("%-7s %d of %d patches of an image are asked for", "patches", hidden, patches);
    }

    @Override
    public void baseline(double commonest) {
        this.commonest = commonest;
    }

    @Override
    public void step(StepProgress step) {
        bar.step(step);
    }

    @Override
    public void epoch(EpochResult result) {
        bar.closeBar();
        print(
                "epoch %2d/%d  loss %.4f  accuracy %.3f  validation %.3f (commonest class %.3f)  %,.0f images/s",
                result.epoch(),
                result.epochs(),
                result.training().loss(),
                result.training().accuracy(),
                result.validation().accuracy(),
                commonest,
                result.imagesPerSecond());
    }

    void finished(PretrainOutcome.Finished finished, Path file) {
        print(
                "%-7s accuracy %.4f on hidden patches after epoch %d, the best one; always the commonest class: %.4f",
                "valid",
                finished.best().validation().accuracy(),
                finished.best().epoch(),
                finished.commonest());
        if (!finished.skipped().isEmpty()) {
            ImageSet.Skipped first = finished.skipped().getFirst();
            print(
                    "%-7s %,d files, the first one %s: %s",
                    "skipped", finished.skipped().size(), first.entry(), first.reason());
        }
        print(
                "%-7s %s, %d tensors; train with --set start.weights=%s",
                "wrote", file, finished.weights().tensors().size(), file);
    }

    void cancelledRun(Optional<Checkpoints> checkpoints) {
        bar.closeBar();
        print("cancelled, no weights were written" + TrainConsole.goesOn(checkpoints));
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }
}
