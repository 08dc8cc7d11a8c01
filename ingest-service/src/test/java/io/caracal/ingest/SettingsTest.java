package io.caracal.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.Topics;
import io.caracal.imaging.Limits;
import io.caracal.ingest.admit.AdmitSettings;
import io.caracal.ingest.publish.PublishSettings;
import io.caracal.ingest.source.FolderSettings;
import io.caracal.ingest.source.SourceSettings;
import io.caracal.service.TopicsConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private final Settings settings = new Settings();

    @Test
    void theseAreTheDefaults() {
        // Given
        var config = config(Map.of());

        // When, Then
        assertThat(all(config))
                .isEqualTo(new All(
                        new AdmitSettings(new Limits(10 * 1024 * 1024, 50_000_000), 100_000),
                        new PublishSettings(Duration.ofSeconds(4), 64 * 1024 * 1024, Duration.ofSeconds(2)),
                        new SourceSettings(List.of()),
                        new FolderSettings(
                                Optional.empty(), Duration.ofSeconds(1), FolderSettings.After.MOVE, "folder")));
        assertThat(settings.topics(topics(config)))
                .isEqualTo(
                        new Topics("images", "predictions", "images-rejected", "models", "training-runs", "feedback"))
                .isEqualTo(Topics.DEFAULTS);
    }

    @Test
    void everySettingIsAnEnvironmentVariable() {
        // Given
        var environment = Map.ofEntries(
                Map.entry("CARACAL_INGEST_ADMIT_MAX_BYTES", "1M"),
                Map.entry("CARACAL_INGEST_ADMIT_MAX_PIXELS", "2"),
                Map.entry("CARACAL_INGEST_ADMIT_REMEMBERED_IDS", "3"),
                Map.entry("CARACAL_INGEST_PUBLISH_TIMEOUT", "5S"),
                Map.entry("CARACAL_INGEST_PUBLISH_IN_FLIGHT", "16M"),
                Map.entry("CARACAL_INGEST_PUBLISH_PATIENCE", "100MS"),
                Map.entry("CARACAL_INGEST_SOURCES", "folder"),
                Map.entry("CARACAL_INGEST_FOLDER_PATH", "/in"),
                Map.entry("CARACAL_INGEST_FOLDER_INTERVAL", "10S"),
                Map.entry("CARACAL_INGEST_FOLDER_AFTER", "delete"),
                Map.entry("CARACAL_INGEST_FOLDER_SOURCE", "gate"),
                Map.entry("CARACAL_TOPICS_IMAGES", "a"),
                Map.entry("CARACAL_TOPICS_PREDICTIONS", "b"),
                Map.entry("CARACAL_TOPICS_REJECTED", "c"),
                Map.entry("CARACAL_TOPICS_MODELS", "d"),
                Map.entry("CARACAL_TOPICS_TRAINING_RUNS", "e"),
                Map.entry("CARACAL_TOPICS_FEEDBACK", "f"));

        // When
        var config =
                builder().withSources(new EnvConfigSource(environment, 300)).build();

        // Then
        assertThat(all(config))
                .isEqualTo(new All(
                        new AdmitSettings(new Limits(1024 * 1024, 2), 3),
                        new PublishSettings(Duration.ofSeconds(5), 16 * 1024 * 1024, Duration.ofMillis(100)),
                        new SourceSettings(List.of("folder")),
                        new FolderSettings(
                                Optional.of(Path.of("/in")),
                                Duration.ofSeconds(10),
                                FolderSettings.After.DELETE,
                                "gate")));
        assertThat(settings.topics(topics(config))).isEqualTo(new Topics("a", "b", "c", "d", "e", "f"));
    }

    @ParameterizedTest
    @CsvSource({
        "admit.max-bytes, 11M, caracal.ingest.admit.max-bytes is 11534336; allowed is 1 to 10485760",
        "admit.max-bytes, 0, caracal.ingest.admit.max-bytes is 0; allowed is 1 to 10485760",
        "admit.max-pixels, -1, caracal.ingest.admit.max-pixels is -1; allowed is 1 to 2147483647",
        "publish.timeout, 1MS, caracal.ingest.publish.timeout is 1; allowed is 100 to 120000",
        "publish.in-flight, 1M, caracal.ingest.publish.in-flight is 1048576; allowed is 10485760 to 2147483647",
        "folder.after, keep, caracal.ingest.folder.after is keep; allowed are move and delete",
    })
    void aWrongSettingIsNamedWithWhatIsAllowed(String setting, String value, String message) {
        // Given
        var config = config(Map.of("caracal.ingest." + setting, value));

        // When, Then
        assertThatThrownBy(() -> all(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message.replace(';', ','));
    }

    private record All(AdmitSettings admit, PublishSettings publish, SourceSettings sources, FolderSettings folder) {}

    private All all(SmallRyeConfig config) {
        IngestConfig ingest = config.getConfigMapping(IngestConfig.class);
        return new All(
                settings.admit(ingest), settings.publish(ingest), settings.sources(ingest), settings.folder(ingest));
    }

    private static TopicsConfig topics(SmallRyeConfig config) {
        return config.getConfigMapping(TopicsConfig.class);
    }

    private static SmallRyeConfig config(Map<String, String> properties) {
        return builder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .withMapping(IngestConfig.class)
                .withMapping(TopicsConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withConverter(MemorySize.class, 100, new MemorySizeConverter());
    }
}
