package io.caracal.trainer;

import io.caracal.trainer.models.Presets;
import io.caracal.trainer.release.Announcer;
import io.caracal.trainer.release.FolderModelStore;
import io.caracal.trainer.release.ModelStore;
import io.caracal.trainer.release.Publication;
import io.caracal.trainer.runs.DataRoots;
import io.caracal.trainer.runs.RunFolders;
import io.caracal.trainer.runs.RunJournal;
import io.caracal.trainer.runs.RunMetrics;
import io.caracal.trainer.runs.RunQueue;
import io.caracal.trainer.runs.RunsTopic;
import io.caracal.trainer.runs.TrainAndPublish;
import io.caracal.trainer.runs.TrainingRun;
import io.caracal.trainer.tensor.Compute;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts the service together, starts it and stops it: the runs first, then what they use.
@ApplicationScoped
class TrainerService {
    private static final String JOURNAL = ".runs";
    private static final String CHECKPOINTS = ".checkpoints";

    @Produces
    @Singleton
    Settings settings(TrainerConfig config, @ConfigProperty(name = "caracal.revision") Optional<String> revision) {
        return Settings.of(config, revision);
    }

    @Produces
    @Singleton
    DataRoots dataRoots(Settings settings) {
        return settings.dataRoots();
    }

    @Produces
    @Singleton
    Presets presets() {
        return new Presets();
    }

    @Produces
    @Singleton
    Compute compute(Settings settings) {
        return Compute.open(settings.device(), settings.threads());
    }

    @Produces
    @Singleton
    ModelStore store(Settings settings) throws IOException {
        return FolderModelStore.open(settings.store());
    }

    @Produces
    @Singleton
    RunJournal journal(Settings settings) throws IOException {
        return RunJournal.open(
                settings.store().resolve(JOURNAL), settings.runs().remembered());
    }

    @Produces
    @Singleton
    RunQueue runs(
            Settings settings,
            Presets presets,
            Compute compute,
            ModelStore store,
            Announcer announcer,
            RunJournal journal,
            RunsTopic topic,
            MeterRegistry registry)
            throws IOException {
        InstantSource clock = InstantSource.system();
        var work = new TrainAndPublish(
                new TrainingRun(presets, compute, settings.loading(), settings.revision()),
                new Publication(store, announcer, clock));
        var metrics = new RunMetrics(registry);
        List<RunJournal.Past> past = journal.recover(clock);
        // Whoever follows the topic learns of the runs that the last process left unfinished.
        past.stream().filter(RunJournal.Past::interrupted).forEach(run -> topic.changed(run.event()));
        var queue = new RunQueue(
                work,
                RunFolders.open(settings.store().resolve(CHECKPOINTS), settings.resumable()),
                journal.and(topic).and(metrics),
                past.stream().map(RunJournal.Past::event).toList(),
                settings.runs(),
                clock,
                new SecureRandom());
        metrics.watch(queue);
        return queue;
    }

    /// Everything is made now, so that a wrong setting is found out before the service says that it is ready.
    void start(@Observes StartupEvent event, RunQueue runs) {
        runs.waiting();
    }

    void stop(@Observes ShutdownEvent event, RunQueue runs, RunsTopic topic, RunJournal journal, Compute compute)
            throws IOException {
        runs.close();
        topic.close();
        journal.close();
        compute.close();
    }
}
