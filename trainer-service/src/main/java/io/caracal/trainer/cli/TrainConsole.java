package io.caracal.trainer.cli;

import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.trainer.data.SplitSizes;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.fit.EpochResult;
import io.caracal.trainer.fit.StepProgress;
import io.caracal.trainer.pretrained.StartReport;
import io.caracal.trainer.runs.RunListener;
import io.caracal.trainer.runs.RunOutcome;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows a run to a person: a bar per epoch where there is a terminal, a line per finished epoch everywhere.
final class TrainConsole implements RunListener {
    private static final int SHOWN = 5;
    private static final int REDRAW_MILLIS = 200;

    private final PrintWriter out;
    private final boolean terminal;
    private final BooleanSupplier cancelled;
    private ProgressBar bar;

    /// @param terminal whether a bar can be drawn
    TrainConsole(PrintWriter out, boolean terminal, BooleanSupplier cancelled) {
        this.out = out;
        this.terminal = terminal;
        this.cancelled = cancelled;
    }

    static boolean hasTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public void prepared(SplitSizes sizes) {
        print(
                "%-7s %,d images: %,d to train, %,d to validate, %,d held out",
                "data",
                sizes.train() + sizes.validation() + sizes.test(),
                sizes.train(),
                sizes.validation(),
                sizes.test());
    }

    @Override
    public void contradictions(List<List<Example>> groups) {
        groups.stream()
                .limit(SHOWN)
                .forEach(group -> print(
                        "%-7s one picture with several labels: %s",
                        "labels",
                        group.stream()
                                        .limit(SHOWN)
                                        .map(example -> example.entry() + " (" + example.label() + ")")
                                        .collect(Collectors.joining(", "))
                                + (group.size() > SHOWN ? ", ..." : "")));
        more("labels", groups.size());
    }

    @Override
    public void started(StartReport report) {
        report.lines().forEach(line -> print("%-7s %s", "start", line));
    }

    @Override
    public void step(StepProgress step) {
        if (!terminal) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("epoch %d/%d".formatted(step.epoch(), step.epochs()))
                    .setInitialMax(step.steps())
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, TerminalWidth.now()))
                    .build();
        }
        bar.stepTo(step.step());
        bar.setExtraMessage(String.format(
                Locale.ROOT,
                " loss %.4f accuracy %.3f %,.0f images/s, %s left",
                step.loss(),
                step.accuracy(),
                step.imagesPerSecond(),
                time(step.secondsLeft())));
    }

    /// `1:02:03`, `2:03`
    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? "%d:%02d".formatted(whole / 60, whole % 60)
                : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
    }

    @Override
    public void epoch(EpochResult result) {
        closeBar();
        print(
                "epoch %2d/%d  loss %.4f  accuracy %.3f  validation %.3f  %,.0f images/s (steps alone %,.0f)",
                result.epoch(),
                result.epochs(),
                result.training().loss(),
                result.training().accuracy(),
                result.validation().accuracy(),
                result.imagesPerSecond(),
                result.stepImagesPerSecond());
        result.legacy()
                .ifPresent(legacy -> print(
                        "            validation in training mode on augmented images: loss %.4f  accuracy %.3f",
                        legacy.loss(), legacy.accuracy()));
    }

    @Override
    public void exporting() {
        print("%-7s exporting, comparing, testing", "model");
    }

    void finished(RunOutcome.Finished finished, Path file, Path page) {
        print(
                "%-7s accuracy %.4f after epoch %d, the best one, which the model is of",
                "valid", finished.validation().accuracy(), finished.best().epoch());
        print(
                "%-7s accuracy %.4f on %,d held-out images, through ONNX Runtime",
                "test",
                finished.model().test().accuracy(),
                finished.model().test().images());
        print("%-7s %s", "parity", finished.model().parity().summary());
        skipped(finished.skipped());
        print(
                "%-7s %s, %,d bytes, model %s version %s",
                "wrote",
                file,
                finished.model().onnx().length,
                finished.model().card().name(),
                finished.model().card().version());
        print("%-7s %s", "report", page);
    }

    private void skipped(List<ImageSet.Skipped> skipped) {
        skipped.stream().limit(SHOWN).forEach(file -> print("%-7s %s: %s", "skipped", file.entry(), file.reason()));
        more("skipped", skipped.size());
    }

    private void more(String of, int all) {
        if (all > SHOWN) {
            print("%-7s and %,d more", of, all - SHOWN);
        }
    }

    void cancelledRun(Optional<Checkpoints> checkpoints) {
        closeBar();
        print("cancelled, no model was written" + goesOn(checkpoints));
    }

    /// What else there is to be told of a run that was cancelled.
    static String goesOn(Optional<Checkpoints> checkpoints) {
        return checkpoints.filter(Checkpoints::isResumed).isPresent()
                ? "; the same command goes on from the checkpoint"
                : "";
    }

    void closeBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }
}
