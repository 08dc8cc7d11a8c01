package io.caracal.quickstart;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the services are told through their environment.
///
/// @param bootstrapServers of the broker, `HOST:PORT`
record Environment(String bootstrapServers, WorkFolder work) {

    Map<String, String> of(Service service) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        settings.put("QUARKUS_HTTP_HOST", "localhost");
        settings.put("OPT_OUT_TRACKING", "true");
        settings.put("ORT_DISABLE_TELEMETRY", "1");
        settings.put("OPENCV_LOG_LEVEL", "OFF");
        if (service == Service.TRAINER) {
            settings.put("CARACAL_TRAINER_STORE", work.models().toString());
            settings.putAll(allocator());
        }
        return settings;
    }

    /// Keeps glibc from giving the memory of every large activation back to the system in each training step, which
    /// more than doubles the speed of the small CNN. A process cannot set this for itself.
    private static Map<String, String> allocator() {
        return Map.of(
                "MALLOC_ARENA_MAX", "1",
                "MALLOC_MMAP_THRESHOLD_", "1073741824",
                "MALLOC_TRIM_THRESHOLD_", "4294967296",
                "MALLOC_TOP_PAD_", "268435456");
    }
}
