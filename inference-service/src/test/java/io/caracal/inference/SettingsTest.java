package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.Topics;
import io.caracal.imaging.Limits;
import io.caracal.inference.stream.Delivery;
import io.caracal.inference.stream.StartAt;
import io.caracal.scoring.ClassifierOptions;
import io.caracal.service.TopicsConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    /// Every default, so that none changes unnoticed.
    @Test
    void defaults() {
        // When
        Settings settings = settings(Map.of());

        // Then
        assertThat(settings.stream().topics()).isEqualTo(Topics.DEFAULTS);
        assertThat(settings.stream().groupId()).isEqualTo("caracal-inference");
        assertThat(settings.stream().instanceId()).endsWith("-8082");
        assertThat(settings.stream().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(settings.stream().startAt()).isEqualTo(StartAt.EARLIEST);
        assertThat(settings.stream().batchImages()).isEqualTo(64);
        assertThat(settings.stream().batchWait()).isEqualTo(Duration.ZERO);
        assertThat(settings.stream().inFlightBatches()).isEqualTo(2);
        assertThat(settings.stream().inFlightBytes()).isEqualTo(64L << 20);
        assertThat(settings.stream().transactionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.stream().sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.stream().drainTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.pipeline().threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.pipeline().scoreImages()).isEqualTo(4);
        assertThat(settings.pipeline().topK()).isEqualTo(5);
        assertThat(settings.pipeline().limits()).isEqualTo(Limits.DEFAULTS);
        assertThat(settings.model().file()).isEmpty();
        assertThat(settings.model().options()).isEqualTo(ClassifierOptions.DEFAULTS);
    }

    @Test
    void comeFromEnvironmentVariables() {
        // When
        Settings settings = settings(Map.of(
                "CARACAL_TOPICS_IMAGES", "photos",
                "CARACAL_TOPICS_REJECTED", "photos-rejected",
                "CARACAL_MODEL_FILE", "/models/cats.onnx",
                "CARACAL_INFERENCE_DELIVERY", "at-least-once",
                "CARACAL_INFERENCE_INSTANCE_ID", "line-3",
                "CARACAL_INFERENCE_BATCH_SCORE_IMAGES", "32",
                "CARACAL_INFERENCE_BATCH_MAX_WAIT", "5MS",
                "CARACAL_INFERENCE_IN_FLIGHT_MAX_BYTES", "8388608",
                "CARACAL_INFERENCE_THREADS", "3",
                "CARACAL_INFERENCE_LIMITS_MAX_PIXELS", "1000000"));

        // Then
        assertThat(settings.stream().topics().images()).isEqualTo("photos");
        assertThat(settings.stream().topics().rejected()).isEqualTo("photos-rejected");
        assertThat(settings.model().file()).contains(Path.of("/models/cats.onnx"));
        assertThat(settings.stream().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(settings.stream().instanceId()).isEqualTo("line-3");
        assertThat(settings.pipeline().scoreImages()).isEqualTo(32);
        assertThat(settings.stream().batchWait()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.stream().inFlightBytes()).isEqualTo(8388608);
        assertThat(settings.pipeline().threads()).isEqualTo(3);
        assertThat(settings.pipeline().limits().maxPixels()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CARACAL_INFERENCE_THREADS             | 0       | caracal.inference.threads is 0, allowed is 1 to 1024
            CARACAL_INFERENCE_TOP_K               | 0       | caracal.inference.top-k is 0, allowed is 1 to 1000
            CARACAL_INFERENCE_BATCH_SCORE_IMAGES  | 5000    | caracal.inference.batch.score-images is 5000, allowed is 1 to 1024
            CARACAL_INFERENCE_BATCH_MAX_IMAGES    | 0       | caracal.inference.batch.max-images is 0, allowed is 1 to 10000
            CARACAL_INFERENCE_BATCH_MAX_WAIT      | 1M      | caracal.inference.batch.max-wait is PT1M, allowed is 0S to 10S
            CARACAL_INFERENCE_IN_FLIGHT_MAX_BATCHES | 0     | caracal.inference.in-flight.max-batches is 0, allowed is 1 to 100
            CARACAL_INFERENCE_IN_FLIGHT_MAX_BYTES | 1000    | caracal.inference.in-flight.max-bytes is 1000, allowed is 1048576 to 2147483647
            CARACAL_INFERENCE_SESSION_TIMEOUT     | 0S      | caracal.inference.session-timeout is PT0S, allowed is 1S to 15M
            CARACAL_INFERENCE_LIMITS_MAX_BYTES    | 0       | max-bytes is 0, allowed is 1 or more
            CARACAL_INFERENCE_INTRA_OP_THREADS    | 0       | intra-op threads is 0, allowed is 1 or more
            """)
    void outOfRangeAreRefused(String variable, String value, String message) {
        // When, then
        assertThatThrownBy(() -> settings(Map.of(variable, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Settings settings(Map<String, String> environment) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(new HashMap<>(environment), 300))
                .withMapping(InferenceConfig.class)
                .withMapping(ModelConfig.class)
                .withMapping(TopicsConfig.class)
                .build();
        return Settings.of(
                config.getConfigMapping(InferenceConfig.class),
                config.getConfigMapping(ModelConfig.class),
                config.getConfigMapping(TopicsConfig.class),
                8082);
    }
}
