package io.caracal.trainer.release;

import io.caracal.trainer.models.Architecture;
import io.caracal.trainer.models.Export;
import io.caracal.trainer.models.Presets;
import io.caracal.trainer.models.Reduced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Compares exported models with the engine on 200 drawn images and prints a table (docs/results/parity.md). Too slow
/// for the test suite, which does not find it by its name:
///
/// `mvn -pl trainer-service -am test -Dtest=FullParity -Dparity="options vit-s-16 vit-l-16/2"
/// -Dsurefire.failIfNoSpecifiedTests=false`
///
/// `options`, `same-shape-options` and `other-options` stand for all combinations of options in two layers, narrow ones
/// of Vision Transformers, `hybrid-options` for each option of a hybrid by itself, `convolutional-options` for
/// convolutional networks with options other than the preset ones; a number after a preset is its depth, if it is
/// reduced.
final class FullParity {
    private static final int IMAGES = 200;

    @Test
    void printsTheTable() throws IOException, InterruptedException {
        main(System.getProperty("parity", "options").split(" ", -1));
    }

    /// @param arguments `options` and the like, presets, presets with a depth
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("caracal-parity-");
        try {
            Exported exported = new Exported(folder, IMAGES);
            System.out.println("| preset | depth | models | largest difference | relative to scale | labels changed |");
            System.out.println("| --- | --- | ---: | ---: | ---: | ---: |");
            boolean passed = true;
            for (String argument : arguments) {
                passed &= row(exported, argument);
            }
            if (!passed) {
                throw new IllegalStateException("a model does not agree with its export");
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean row(Exported exported, String argument) throws IOException, InterruptedException {
        String[] parts = argument.split("/", 2);
        return switch (parts[0]) {
            case "options" -> row(exported, "options of `vit-*`", "2, narrow", Reduced.visionTransformers());
            case "hybrid-options" -> row(exported, "options of hybrids", "2, narrow", Reduced.hybrids());
            case "other-options" -> row(exported, "options of the others", "2", Reduced.others());
            case "same-shape-options" ->
                row(exported, "numerics and norms of `vit-*` and hybrids", "2, narrow", Reduced.sameShapes());
            case "convolutional-options" ->
                row(exported, "options of convolutional networks", "whole", Reduced.convolutional());
            default -> {
                Architecture whole = new Presets().named(parts[0]);
                yield parts.length == 1
                        ? row(exported, "`" + parts[0] + "`", "whole", List.of(whole))
                        : row(
                                exported,
                                "`" + parts[0] + "`",
                                parts[1],
                                List.of(Reduced.depth(whole, Integer.parseInt(parts[1]))));
            }
        };
    }

    /// With patch tokens, where there are patches.
    private static Export export(Architecture architecture) {
        try {
            new Export(true).check(architecture);
            return new Export(true);
        } catch (IllegalArgumentException _) {
            return Export.PLAIN;
        }
    }

    private static boolean row(Exported exported, String name, String depth, List<Architecture> architectures)
            throws IOException, InterruptedException {
        Parity[] all = new Parity[architectures.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = exported.parity(architectures.get(i), export(architectures.get(i)));
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %.1e | %.1e | %d |%n",
                name,
                depth,
                all.length,
                Arrays.stream(all).mapToDouble(Parity::maxAbs).max().orElseThrow(),
                Arrays.stream(all).mapToDouble(Parity::maxError).max().orElseThrow(),
                Arrays.stream(all).mapToInt(Parity::changedLabels).sum());
        return Arrays.stream(all).allMatch(Parity::passed);
    }
}
