package io.caracal.trainer.report;

import io.caracal.trainer.fit.EpochResult;
import java.util.List;
import java.util.Map;

/// Where the time went.
final class TimingSection {
    private TimingSection() {}

    static Element of(RunReport run) {
        Timing timing = run.timing();
        Map<String, String> facts = Sections.facts();
        facts.put("whole run", Numbers.duration(timing.seconds()));
        facts.put("training steps", Numbers.duration(timing.stepSeconds()));
        facts.put("waiting for images", Numbers.duration(timing.loadingSeconds()));
        facts.put("validation, export, test and the rest", Numbers.duration(timing.otherSeconds()));
        facts.put("training speed", Numbers.rate(run.imagesPerSecond()) + " images/s, loading included");
        facts.put("training speed without waiting", Numbers.rate(run.stepImagesPerSecond()) + " images/s");
        facts.put(
                "peak memory of the process",
                timing.peakMemoryBytes().isPresent()
                        ? Numbers.bytes(timing.peakMemoryBytes().getAsLong())
                        : "not known on this system");
        Chart speed = Chart.epochs(
                "Images per second by epoch",
                "images/s",
                false,
                List.of(
                        Chart.Series.line(
                                "with loading",
                                run.epochs().stream()
                                        .map(EpochResult::imagesPerSecond)
                                        .toList()),
                        Chart.Series.line(
                                "steps only",
                                run.epochs().stream()
                                        .map(EpochResult::stepImagesPerSecond)
                                        .toList())));
        return Sections.section(
                "Time and memory",
                speed.figure("Training speed. The first epoch decodes the images, later ones find them in the cache."),
                Sections.facts(facts));
    }
}
