package io.caracal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.Topics;
import io.caracal.scoring.Device;
import io.caracal.service.TopicsConfig;
import io.caracal.trainer.data.Loading;
import io.caracal.trainer.runs.DataRoots;
import io.caracal.trainer.runs.RunFolders;
import io.caracal.trainer.runs.RunQueue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(TrainerConfig.class)
                .withMapping(TopicsConfig.class)
                .withSources(new EnvConfigSource(environment, 300))
                .withConverter(Device.class, 200, text -> Device.valueOf(text.toUpperCase(Locale.ROOT)))
                .build();
    }

    private static Settings settings(Map<String, String> environment) {
        return Settings.of(config(environment).getConfigMapping(TrainerConfig.class), Optional.empty());
    }

    @Test
    void defaults() {
        // When
        Settings settings = settings(Map.of());

        // Then
        assertThat(settings)
                .isEqualTo(new Settings(
                        Path.of("model-store"),
                        DataRoots.ANY,
                        Device.AUTO,
                        0,
                        new Loading(2, 4L << 30, Path.of(System.getProperty("java.io.tmpdir")), 4),
                        new RunQueue.Limits(16, 200),
                        new RunFolders.Limits(100, 8),
                        Optional.empty()));
        assertThat(settings.loading()).isEqualTo(Loading.DEFAULTS);
        assertThat(settings.runs()).isEqualTo(RunQueue.Limits.DEFAULTS);
    }

    @Test
    void everySettingIsAnEnvironmentVariable() {
        // When
        Settings settings = settings(Map.ofEntries(
                Map.entry("CARACAL_TRAINER_STORE", "/models"),
                Map.entry("CARACAL_TRAINER_DATA_ROOTS", "/data,/more/photos.zip"),
                Map.entry("CARACAL_TRAINER_DEVICE", "cpu"),
                Map.entry("CARACAL_TRAINER_THREADS", "3"),
                Map.entry("CARACAL_TRAINER_LOADING_THREADS", "5"),
                Map.entry("CARACAL_TRAINER_CACHE_BYTES", "1000"),
                Map.entry("CARACAL_TRAINER_CACHE_FOLDER", "/cache"),
                Map.entry("CARACAL_TRAINER_PREFETCH", "7"),
                Map.entry("CARACAL_TRAINER_RUNS_WAITING", "8"),
                Map.entry("CARACAL_TRAINER_RUNS_REMEMBERED", "9"),
                Map.entry("CARACAL_TRAINER_RUNS_CHECKPOINT_STEPS", "10"),
                Map.entry("CARACAL_TRAINER_RUNS_RESUMABLE", "11")));

        // Then
        assertThat(settings)
                .isEqualTo(new Settings(
                        Path.of("/models"),
                        new DataRoots(List.of(Path.of("/data"), Path.of("/more/photos.zip"))),
                        Device.CPU,
                        3,
                        new Loading(5, 1000, Path.of("/cache"), 7),
                        new RunQueue.Limits(8, 9),
                        new RunFolders.Limits(10, 11),
                        Optional.empty()));
    }

    @Test
    void topicsAreThoseOfTheContracts() {
        // When
        TopicsConfig topics = config(Map.of()).getConfigMapping(TopicsConfig.class);

        // Then
        assertThat(new Topics(
                        topics.images(),
                        topics.predictions(),
                        topics.rejected(),
                        topics.models(),
                        topics.trainingRuns(),
                        topics.feedback()))
                .isEqualTo(Topics.DEFAULTS);
    }

    @Test
    void wrongValueNamesTheSettingWhatWasGivenAndWhatIsAllowed() {
        // When, Then
        assertThatThrownBy(() -> settings(Map.of("CARACAL_TRAINER_LOADING_THREADS", "0")))
                .hasMessage("caracal.trainer.loading-threads is 0, allowed is 1 to 256");
        assertThatThrownBy(() -> settings(Map.of("CARACAL_TRAINER_THREADS", "-1")))
                .hasMessage("caracal.trainer.threads is -1, allowed is 0 (one per core) or more");
        assertThatThrownBy(() -> settings(Map.of("CARACAL_TRAINER_CACHE_BYTES", "-1")))
                .hasMessage("caracal.trainer.cache-bytes is -1, allowed is 0 or more");
        assertThatThrownBy(() -> settings(Map.of("CARACAL_TRAINER_RUNS_RESUMABLE", "-1")))
                .hasMessage("caracal.trainer.runs.resumable is -1, allowed is 0 or more");
        assertThatThrownBy(() -> settings(Map.of("CARACAL_TRAINER_RUNS_WAITING", "0")))
                .hasMessageStartingWith("caracal.trainer.runs");
    }
}
