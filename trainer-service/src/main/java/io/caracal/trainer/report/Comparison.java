package io.caracal.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Runs side by side.
///
/// @param speeds of scoring, in the order of the runs; empty if they were not measured
/// @param warnings what makes the comparison unfair, one line each
public record Comparison(List<ComparedRun> runs, List<ScoringSpeed> speeds, List<String> warnings) {
    private static final List<String> SAME_IMAGES = List.of(
            "data.sha256", "data.clean", "data.limit", "split.mode", "split.seed", "split.test", "split.reserved");

    public Comparison {
        runs = List.copyOf(runs);
        speeds = List.copyOf(speeds);
        warnings = List.copyOf(warnings);
    }

    public static Comparison of(List<ComparedRun> runs, List<ScoringSpeed> speeds) {
        return new Comparison(runs, speeds, warnings(runs));
    }

    private static List<String> warnings(List<ComparedRun> runs) {
        List<String> warnings = new ArrayList<>();
        List<String> differing = SAME_IMAGES.stream()
                .filter(property -> runs.stream()
                                .map(run -> run.card().provenance().getOrDefault(property, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        if (!differing.isEmpty()) {
            warnings.add("accuracies cannot be compared, the runs were not tested on the same images: "
                    + String.join(", ", differing) + " " + (differing.size() == 1 ? "differs" : "differ"));
        }
        if (runs.stream().anyMatch(run -> !run.card().provenance().containsKey("data.sha256"))) {
            warnings.add("accuracies cannot be compared, not every model says what it was trained on");
        }
        long machines = runs.stream()
                .flatMap(run -> run.machine().stream())
                .map(machine -> List.of(machine.device(), machine.processors(), machine.system()))
                .distinct()
                .count();
        if (machines > 1) {
            warnings.add("training speeds cannot be compared, the runs were not trained on the same kind of machine");
        }
        return warnings;
    }

    /// What tables and charts call each run: the model's name, with the version where runs share it.
    public List<String> titles() {
        return runs.stream().map(this::title).toList();
    }

    private String title(ComparedRun run) {
        String name = run.card().name();
        boolean shared =
                runs.stream().filter(other -> other.card().name().equals(name)).count() > 1;
        return shared ? name + " " + run.card().version() : name;
    }

    /// A row of the comparison.
    ///
    /// @param values one per run, empty where it is not known
    public record Row(String name, List<String> values) {}

    /// Every figure that at least one run has.
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("version", run -> Optional.of(run.card().version())));
        rows.add(row("architecture", run -> Optional.of(run.preset())));
        rows.add(row("test accuracy", run -> run.test().map(test -> Numbers.share(test.accuracy()))));
        rows.add(row(
                "  95 % interval",
                run -> run.test().filter(test -> test.images() > 0).map(Comparison::interval)));
        rows.add(row("  images", run -> run.test().map(test -> Numbers.count(test.images()))));
        rows.add(row("validation accuracy", run -> run.validation().map(figure -> Numbers.share(figure.accuracy()))));
        rows.add(row(
                "calibration error (ECE)",
                run -> run.test()
                        .flatMap(ComparedRun.Test::calibration)
                        .map(calibrated -> Numbers.share(calibrated.ece()))));
        rows.add(row("parameters", run -> run.cost().map(cost -> Numbers.count(cost.parameters()))));
        rows.add(row("MACs per image", run -> run.cost().map(cost -> Numbers.count(cost.macs()))));
        rows.add(row("memory of the weights", run -> run.cost().map(cost -> Numbers.bytes(cost.weightBytes()))));
        rows.add(row(
                "peak memory of training",
                run -> run.timing()
                        .filter(timing -> timing.peakMemoryBytes().isPresent())
                        .map(timing -> Numbers.bytes(timing.peakMemoryBytes().getAsLong()))));
        rows.add(row("training images/s", run -> optional(run.imagesPerSecond()).map(Numbers::rate)));
        rows.add(row("training time", run -> optional(run.seconds()).map(Numbers::duration)));
        if (!speeds.isEmpty()) {
            rows.add(new Row(
                    "scoring images/s",
                    speeds.stream()
                            .map(speed -> Numbers.rate(speed.imagesPerSecond()))
                            .toList()));
            rows.add(new Row(
                    "latency of one image",
                    speeds.stream()
                            .map(speed -> Numbers.millis(speed.latencyMillis()))
                            .toList()));
        }
        return rows.stream()
                .filter(row -> row.values().stream().anyMatch(value -> !value.isEmpty()))
                .toList();
    }

    private Row row(String name, Function<ComparedRun, Optional<String>> value) {
        return new Row(
                name, runs.stream().map(run -> value.apply(run).orElse("")).toList());
    }

    private static Optional<Double> optional(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static String interval(ComparedRun.Test test) {
        Interval interval = Interval.of((int) Math.round(test.accuracy() * test.images()), test.images());
        return Numbers.share(interval.low()) + "–" + Numbers.share(interval.high());
    }
}
