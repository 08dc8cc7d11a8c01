package io.caracal.trainer.embed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.datasets.Example;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFileTest {
    private static final Features FEATURES = new Features(
            List.of(new Example("cat/1.jpg", "cat"), new Example("dog/a, \"b\".jpg", "dog")),
            new float[][] {{1.5f, -2, 0}, {3, 4, 1e-7f}});

    @TempDir
    Path folder;

    @Test
    void csvHasEntryLabelAndFeatures() throws IOException {
        // Given
        Path file = folder.resolve("features.csv");

        // When
        FeatureFile.of(file).write(file, FEATURES);

        // Then
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "entry,label,f0,f1,f2",
                        "cat/1.jpg,cat,1.5,-2.0,0.0",
                        "\"dog/a, \"\"b\"\".jpg\",dog,3.0,4.0,1.0E-7");
    }

    @Test
    void npyIsNumPysFormat() throws IOException {
        // Given
        Path file = folder.resolve("features.npy");

        // When
        FeatureFile.of(file).write(file, FEATURES);

        // Then
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(Arrays.copyOf(bytes, 128), ISO_8859_1))
                .startsWith("\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
                .endsWith(" \n");
        ByteBuffer values = ByteBuffer.wrap(bytes, 128, 24).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes).hasSize(128 + 24);
        assertThat(values.getFloat()).isEqualTo(1.5f);
        assertThat(values.getFloat(148)).isEqualTo(1e-7f);
        assertThat(Files.readAllLines(folder.resolve("features.rows.csv")))
                .containsExactly("entry,label", "cat/1.jpg,cat", "\"dog/a, \"\"b\"\".jpg\",dog");
    }

    @Test
    void otherNamesAreRefused() {
        assertThatThrownBy(() -> FeatureFile.of(Path.of("features.parquet")))
                .hasMessage("out is features.parquet, allowed is a name that ends in .csv or .npy");
    }
}
