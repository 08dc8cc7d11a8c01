package io.caracal.trainer.runs;

import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.Progress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/// What the service tells Prometheus of its runs, under `caracal.trainer`.
public final class RunMetrics implements RunObserver {
    private static final String PREFIX = "caracal.trainer.";

    private final MeterRegistry registry;
    private final AtomicReference<TrainingEvent> latest = new AtomicReference<>();

    public RunMetrics(MeterRegistry registry) {
        this.registry = registry;
        progress("epoch", "Epoch of the run that trains, from 1", Progress::epoch);
        progress("loss", "Mean training loss of the current epoch so far", Progress::loss);
        progress("accuracy", "Training accuracy of the current epoch so far", Progress::accuracy);
        progress(
                "images.per.second",
                "Training speed of the current epoch, loading included",
                Progress::imagesPerSecond);
        progress(
                "validation.accuracy",
                "After the last finished epoch",
                progress -> progress.validationAccuracy().orElse(Double.NaN));
    }

    private void progress(String name, String description, ToDoubleFunction<Progress> value) {
        Gauge.builder(PREFIX + name, latest, reference -> {
                    TrainingEvent event = reference.get();
                    return event == null
                            ? Double.NaN
                            : event.progress().map(value::applyAsDouble).orElse(Double.NaN);
                })
                .description(description)
                .register(registry);
    }

    public void watch(RunQueue queue) {
        Gauge.builder(PREFIX + "runs.waiting", queue, RunQueue::waiting)
                .description("Runs that wait")
                .register(registry);
        Gauge.builder(PREFIX + "runs.active", queue, RunQueue::underWay)
                .description("Runs that are under way: 0 or 1")
                .register(registry);
    }

    @Override
    public void changed(TrainingEvent event) {
        if (event.progress().isPresent()) {
            latest.set(event);
        }
        if (Run.ended(event.state())) {
            registry.counter(
                            PREFIX + "runs",
                            "preset",
                            event.preset(),
                            "state",
                            event.state().name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }
}
