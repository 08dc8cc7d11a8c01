package io.caracal.trainer.data;

import com.sun.management.OperatingSystemMXBean;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.datasets.Subset;
import io.caracal.imaging.Filter;
import io.caracal.imaging.Preprocessing;
import io.caracal.trainer.fit.Batch;
import io.caracal.trainer.fit.BatchSource;
import io.caracal.trainer.fit.Batches;
import io.caracal.trainer.models.Augmentation;
import io.caracal.trainer.models.Recipe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Measures loading alone, training batches of 100 at 224 x 224, and prints one line of JSON per epoch: the first
/// decodes, the later ones find the decoded images in the cache.
///
/// Arguments: `DATA IMAGES THREADS EPOCHS [CACHE_BYTES [NAME=VALUE ...]]`, names as in [Augmentation].
public final class LoadingSpeed {
    private static final int SIZE = 224;
    private static final int BATCH = 100;
    private static final double NANOS = 1e9;

    private LoadingSpeed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int threads = Integer.parseInt(arguments[2]);
        long cacheBytes = arguments.length > 4 ? Long.parseLong(arguments[4]) : Loading.DEFAULTS.cacheBytes();
        var settings = new Loading(threads, cacheBytes, Loading.DEFAULTS.cacheFolder(), Loading.DEFAULTS.prefetch());
        try (ImageSet whole = ImageSets.open(Path.of(arguments[0]))) {
            ImageSet used = Subset.of(whole, Integer.parseInt(arguments[1]), 0);
            int images = used.examples().size();
            try (ImageLoading loading = ImageLoading.open(
                    used,
                    used.examples(),
                    used.labels(),
                    images,
                    Preprocessing.squash(SIZE, SIZE, Filter.ANTIALIAS),
                    new Batching(BATCH, settings))) {
                BatchSource source = loading.augmented(0, images, augmentation(arguments), 0);
                for (int epoch = 0; epoch < Integer.parseInt(arguments[3]); epoch++) {
                    measure(source, epoch, threads);
                }
            }
        }
    }

    private static Augmentation augmentation(String[] arguments) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 5; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        return new Recipe("none", 1, BATCH, 1, 0).with("augmentation", settings).augmentation();
    }

    private static void measure(BatchSource source, int epoch, int threads) throws InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long wall = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        int images = 0;
        try (Batches batches = source.epoch(epoch)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                try (Batch batch = next.get()) {
                    images += batch.size();
                }
            }
        }
        double seconds = (System.nanoTime() - wall) / NANOS;
        double cpuSeconds = (system.getProcessCpuTime() - cpu) / NANOS;
        System.out.printf(
                "{\"epoch\": %d, \"images\": %d, \"threads\": %d, \"images_s\": %.0f, \"images_cpu_s\": %.0f}%n",
                epoch, images, threads, images / seconds, images / cpuSeconds);
    }
}
