package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
    private static final String WORKED = "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"I64\",\"shape\":[1,3],\"data_offsets\":[0,24]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]},"
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[32,34]}}   ";
    private static final String WORKED_DATA =
            "010000000000000002000000000000000300000000000000" + "0000803f00000040" + "003e";

    @TempDir
    private Path folder;

    @Test
    void readsTheWorkedFileOfTheSpecification() {
        // Given
        byte[] file = file(WORKED, HexFormat.of().parseHex(WORKED_DATA));

        // When
        SafeTensors read = SafeTensors.parse(MemorySegment.ofArray(file));

        // Then
        assertThat(file).hasSize(242);
        assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
        assertThat(read.tensors()).containsOnlyKeys("a", "b", "h");
        assertThat(read.tensors().get("a").shape()).containsExactly(1, 3);
        assertThat(read.tensors().get("a").values()).containsExactly(1, 2, 3);
        assertThat(read.tensors().get("b").values()).containsExactly(1, 2);
        assertThat(read.tensors().get("h").shape()).isEmpty();
        assertThat(read.tensors().get("h").values()).containsExactly(1.5f);
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        // Given
        Map<String, SafeTensors.Values> tensors = new LinkedHashMap<>();
        tensors.put("blocks.0.weight", new SafeTensors.Values(new long[] {2, 3}, new float[] {1, -2, 3, 4, 5, 1e-30f}));
        tensors.put("leer", new SafeTensors.Values(new long[] {0, 7}, new float[0]));
        tensors.put("größe", new SafeTensors.Values(new long[] {}, new float[] {42}));
        Path file = folder.resolve("weights.safetensors");

        // When
        new SafeTensors(Map.of("epochs", "3"), tensors).write(file);
        SafeTensors read = SafeTensors.read(file);

        // Then
        assertThat(read.metadata()).containsExactly(Map.entry("epochs", "3"));
        assertThat(read.tensors()).usingRecursiveComparison().isEqualTo(tensors);
        long header = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        assertThat(header % 8).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {                                                                       | header is not JSON
                    []                                                                      | header is not a JSON object
                    {"a":{"dtype":"F8_E5M2","shape":[8],"data_offsets":[0,8]}}              | type F8_E5M2
                    {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}                  | size of its shape
                    {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                 | odd shape
                    {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}                | odd shape
                    {"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,8]}} | odd shape
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}                 | lies outside
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                  | cover 4 of 8 bytes
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | overlap
                    {"a":{"dtype":"F32","shape":[2]}}                                       | no offsets
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{}}           | Duplicate field 'a'
                    {"__metadata__":{"x":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | metadata is not text
                    """)
    void saysWhatIsWrong(String header, String message) {
        // Given
        byte[] file = file(header, new byte[8]);

        // When
        var parse = assertThatThrownBy(() -> SafeTensors.parse(MemorySegment.ofArray(file)));

        // Then
        parse.isInstanceOf(MalformedTensorsException.class).hasMessageContaining(message);
    }

    @Test
    void damagedFilesAreRefusedAndNothingElseHappens() {
        // Given
        byte[] whole = file(WORKED, HexFormat.of().parseHex(WORKED_DATA));
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }

            // When
            var parse = assertThatCode(() -> parseOrRefuse(damaged));

            // Then
            parse.doesNotThrowAnyException();
        }
    }

    private static void parseOrRefuse(byte[] file) {
        try {
            SafeTensors.parse(MemorySegment.ofArray(file));
        } catch (MalformedTensorsException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .array());
        file.writeBytes(text);
        file.writeBytes(data);
        return file.toByteArray();
    }
}
