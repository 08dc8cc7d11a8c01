package io.caracal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caracal.testing.RealKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Not a test but a measurement, hence not run with them: how many images the packaged service does in a second of
/// CPU time.
///
///     mvn -pl inference-service -am verify -Dtest=none -Dit.test=StreamLoad -Dsurefire.failIfNoSpecifiedTests=false
/// \ -Dfailsafe.failIfNoSpecifiedTests=false -Dload.images=PHOTOS.zip [-Dload.model=MODEL.onnx] [-Dload.count=10000]
///
/// The service's own warm-up is not measured. What it prints is a ratio to what decoder and model reach by
/// themselves, on all processors, in the same run on the same machine.
class StreamLoad {
    private static final int WARM_UP = 3000;
    private static final Pattern COMMITTED = Pattern.compile("caracal_inference_end_to_end_seconds_count (\\d+)");

    @TempDir
    Path folder;

    @Test
    @EnabledIfSystemProperty(named = "load.images", matches = ".+")
    void imagesPerCpuSecond() throws Exception {
        // Given
        List<byte[]> photos = photos(Path.of(System.getProperty("load.images")));
        int count = Integer.getInteger("load.count", 10_000);
        double bound = Roofline.imagesPerCpuSecond(model(), photos, WARM_UP, count);
        try (RealKafka kafka = RealKafka.start();
                ImageStream images = new ImageStream(kafka.bootstrapServers())) {
            for (int i = 0; i < WARM_UP + count; i++) {
                images.send(i, photos.get(i % photos.size()));
            }
            images.flush();
            measure(kafka, images, photos, count, bound);
        }
    }

    private void measure(RealKafka kafka, ImageStream images, List<byte[]> photos, int count, double bound)
            throws Exception {
        try (ServiceProcess service = ServiceProcess.start(settings(kafka))) {
            int warm = awaitCommitted(service, WARM_UP);

            // When
            long started = System.nanoTime();
            Duration cpuBefore = service.cpu();
            int measured = awaitCommitted(service, WARM_UP + count) - warm;

            // Then
            double cpu = service.cpu().minus(cpuBefore).toNanos() / 1e9;
            double seconds = (System.nanoTime() - started) / 1e9;
            System.out.printf(
                    "%d images of %d bytes on average: %.0f images per CPU-second of the service, decoding and scoring"
                            + " alone %.0f, ratio %.2f; %.0f images/s beside a broker on %d processors%n",
                    measured,
                    photos.stream().mapToInt(bytes -> bytes.length).sum() / photos.size(),
                    measured / cpu,
                    bound,
                    measured / cpu / bound,
                    measured / seconds,
                    Runtime.getRuntime().availableProcessors());
            service.get("/q/metrics")
                    .body()
                    .lines()
                    .filter(StreamLoad::isSummary)
                    .forEach(System.out::println);
            images.assertEachOnceInOrder(WARM_UP + count);
        }
    }

    private static boolean isSummary(String line) {
        return line.matches("caracal_inference_(decode|score|publish|batch_images|run_images)\\w*_(sum|count) .*");
    }

    private Map<String, String> settings(RealKafka kafka) throws IOException {
        Map<String, String> settings = new HashMap<>(System.getenv());
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("CARACAL_MODEL_FILE", model().toString());
        return settings;
    }

    private Path model() throws IOException {
        String model = System.getProperty("load.model");
        return model != null ? Path.of(model) : Files.write(folder.resolve("small-cnn.onnx"), SmallCnn.bytes());
    }

    /// Waits for at least that many; how many there are. Asks rarely, because each answer costs CPU time.
    private static int awaitCommitted(ServiceProcess service, int images) {
        return await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> committed(service), committed -> committed >= images);
    }

    private static int committed(ServiceProcess service) throws InterruptedException {
        try {
            Matcher matcher = COMMITTED.matcher(service.get("/q/metrics").body());
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<byte[]> photos(Path zip) throws IOException {
        List<byte[]> photos = new ArrayList<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (var entry : file.stream()
                    .filter(each -> each.getName().endsWith(".jpg"))
                    .limit(500)
                    .toList()) {
                photos.add(file.getInputStream(entry).readAllBytes());
            }
        }
        assertThat(photos).isNotEmpty();
        return photos;
    }
}
