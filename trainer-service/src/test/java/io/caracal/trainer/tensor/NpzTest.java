package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NpzTest {
    @TempDir
    Path folder;

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("<f4", little(8).putFloat(1.5f).putFloat(-2).array()),
                Arguments.of(
                        "<f2",
                        little(4)
                                .putShort((short) 0x3e00)
                                .putShort((short) 0xc000)
                                .array()),
                Arguments.of(
                        "|V2",
                        little(4)
                                .putShort((short) 0x3fc0)
                                .putShort((short) 0xc000)
                                .array()),
                Arguments.of("<f8", little(16).putDouble(1.5).putDouble(-2).array()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsEveryTypeThatWeightsHave(String type, byte[] data) throws IOException {
        // Given
        Path file = folder.resolve("weights.npz");
        try (var writer = new NpzWriter(file, true)) {
            writer.add("Transformer/a", type, "False", "(1, 2)", data);
        }

        // When
        float[] values;
        long[] shape;
        try (Npz npz = Npz.open(file)) {
            shape = npz.shapes().get("Transformer/a");
            values = npz.read("Transformer/a");
        }

        // Then
        assertThat(shape).containsExactly(1, 2);
        assertThat(values).containsExactly(1.5f, -2);
    }

    @Test
    void readsStoredAndDeflatedScalarsAndEmptyArrays() throws IOException {
        for (boolean deflated : new boolean[] {true, false}) {
            // Given
            Path file = folder.resolve("weights" + deflated + ".npz");
            try (var writer = new NpzWriter(file, deflated)) {
                writer.add("step", "<i8", "False", "()", little(8).putLong(42).array());
                writer.add("none", "<f4", "False", "(0, 7)", new byte[0]);
                writer.add(
                        "line",
                        "<f4",
                        "False",
                        "(3,)",
                        little(12).putFloat(1).putFloat(2).putFloat(3).array());
            }

            // When
            try (Npz npz = Npz.open(file)) {

                // Then
                assertThat(npz.shapes()).containsOnlyKeys("step", "none", "line");
                assertThat(npz.shapes().get("step")).isEmpty();
                assertThat(npz.read("step")).containsExactly(42);
                assertThat(npz.read("none")).isEmpty();
                assertThat(npz.read("line")).containsExactly(1, 2, 3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <f4  | True  | (2,)                      | Fortran's order
            >f4  | False | (2,)                      | type >f4
            O    | False | (2,)                      | type O
            <f4  | False | (99999999999999999999,)   | odd shape
            <f4  | False | (9223372036854775807, 4)  | odd shape
            <f4  | False | (-2,)                     | does not tell its shape
            <f4  | Maybe | (2,)                      | does not tell its order
            """)
    void saysWhatIsWrong(String type, String fortran, String shape, String message) throws IOException {
        // Given
        Path file = folder.resolve("weights.npz");
        try (var writer = new NpzWriter(file, true)) {
            writer.add("a", type, fortran, shape, new byte[8]);
        }

        // When
        var open = assertThatThrownBy(() -> Npz.open(file));

        // Then
        open.isInstanceOf(MalformedTensorsException.class).hasMessageContaining(message);
    }

    /// The shape is known before anything is unpacked, and no more is unpacked than it says.
    @Test
    void arrayWithMoreOrFewerBytesThanItsShapeIsRefused() throws IOException {
        for (int bytes : new int[] {4, 12, 50_000_000}) {
            // Given
            Path file = folder.resolve("weights" + bytes + ".npz");
            try (var writer = new NpzWriter(file, true)) {
                writer.add("a", "<f4", "False", "(2,)", new byte[bytes]);
            }
            try (Npz npz = Npz.open(file)) {

                // When
                var read = assertThatThrownBy(() -> npz.read("a"));

                // Then
                read.isInstanceOf(MalformedTensorsException.class).hasMessageContaining("not the size of its shape");
            }
        }
    }

    @Test
    void headerCannotBeLong() throws IOException {
        // Given a header of 4 GiB, as it says
        byte[] array = little(12)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 2)
                .put((byte) 0)
                .putInt(-1)
                .array();
        Path file = folder.resolve("weights.npz");
        try (var writer = new NpzWriter(file, true)) {
            writer.add("a", array);
        }

        // When
        var open = assertThatThrownBy(() -> Npz.open(file));

        // Then
        open.isInstanceOf(MalformedTensorsException.class).hasMessageContaining("header of 4294967295 bytes");
    }

    @Test
    void damagedFilesAreRefusedAndNothingElseHappens() throws IOException {
        // Given
        Path whole = folder.resolve("whole.npz");
        try (var writer = new NpzWriter(whole, true)) {
            writer.add("head/kernel", "<f4", "False", "(2, 3)", new byte[24]);
            writer.add("head/bias", "<f2", "False", "(3,)", new byte[6]);
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path file = folder.resolve("damaged.npz");
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = Arrays.copyOf(bytes, random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length);
            for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, damaged);

            // When
            var read = assertThatCode(() -> readOrRefuse(file));

            // Then
            read.doesNotThrowAnyException();
        }
    }

    private static void readOrRefuse(Path file) throws IOException {
        try (Npz npz = Npz.open(file)) {
            for (String name : npz.shapes().keySet()) {
                npz.read(name);
            }
        } catch (MalformedTensorsException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
