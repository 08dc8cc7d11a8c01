package io.caracal.trainer.fit;

import io.caracal.contracts.Json;
import io.caracal.scoring.Device;
import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.tensor.Compute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Watches the memory of training steps on random images and prints one line of JSON. Exit code 1 if it is not flat.
///
/// Arguments: `PRESET BATCH STEPS [OPTION=VALUE ...]`, at least 150 steps, options as in `describe`.
///
/// Flat is memory whose readings after step 100 stay within 16 MiB or 2 % (whichever is more) of that after step 100,
/// with the same number of native arrays at each. What comes earlier is the allocator and the compiler settling.
public final class FlatMemory {
    private static final int EVERY = 50;
    private static final int SETTLED = 100;
    private static final long SLACK_MEBIBYTES = 16;
    private static final double SLACK_SHARE = 0.02;

    private FlatMemory() {}

    /// @param residentMebibytes of the process, garbage collected
    /// @param arrays native ones that are alive
    record Reading(int step, long residentMebibytes, int arrays) {}

    record Watched(String preset, Map<String, String> options, int batch, List<Reading> readings, boolean flat) {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = options(arguments, 3);
        Architecture architecture = new Presets().named(arguments[0], options);
        int batch = Integer.parseInt(arguments[1]);
        List<Reading> readings = watch(architecture, batch, Integer.parseInt(arguments[2]));
        boolean flat = isFlat(readings);
        byte[] json = Json.write(new Watched(arguments[0], options, batch, readings, flat));
        System.out.println(new String(json, StandardCharsets.UTF_8));
        System.exit(flat ? 0 : 1);
    }

    /// @param from index of the first `OPTION=VALUE`
    static Map<String, String> options(String[] arguments, int from) {
        Map<String, String> options = new HashMap<>();
        for (String argument : List.of(arguments).subList(from, arguments.length)) {
            String[] option = argument.split("=", 2);
            options.put(option[0], option[1]);
        }
        return options;
    }

    private static List<Reading> watch(Architecture architecture, int batch, int steps) throws IOException {
        List<Reading> readings = new ArrayList<>();
        try (Compute compute = Compute.open(Device.AUTO, 0);
                Network network = Network.create(architecture, 2, compute, 1);
                Learning learning = Learning.of(architecture.recipe(), network)) {
            StepSpeed.Drawn images = StepSpeed.Drawn.of(batch, architecture.imageSize());
            Step step = new Step(learning, Objective.LABELS, architecture.recipe(), steps);
            for (int done = 1; done <= steps; done++) {
                step.train(images, done);
                if (done % EVERY == 0) {
                    System.gc();
                    readings.add(new Reading(done, residentMebibytes(), compute.arrays()));
                }
            }
        }
        return readings;
    }

    /// @throws IllegalArgumentException if there is no reading to compare with
    static boolean isFlat(List<Reading> readings) {
        List<Reading> settled =
                readings.stream().filter(reading -> reading.step() >= SETTLED).toList();
        if (settled.size() < 2) {
            throw new IllegalArgumentException("too few steps, needed are " + (SETTLED + EVERY) + " or more");
        }
        List<Long> resident = settled.stream().map(Reading::residentMebibytes).toList();
        double allowed = resident.getFirst() + Math.max(SLACK_MEBIBYTES, SLACK_SHARE * resident.getFirst());
        return Collections.max(resident) <= allowed
                && settled.stream().map(Reading::arrays).distinct().count() == 1;
    }

    private static long residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
