package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleaningTest {
    @TempDir
    Path folder;

    private static byte[] markedAt(int offset) {
        return ("x".repeat(offset) + "JFIF" + "x".repeat(5_000)).getBytes(ISO_8859_1);
    }

    @Test
    void eachRuleLeavesOutWhatHasNoMarkerWhereItLooks() throws Exception {
        // Given
        Map<String, byte[]> files = new TreeMap<>(Map.of(
                "cat/first.jpg", markedAt(6),
                "cat/last-of-512.jpg", markedAt(508),
                "cat/across-512.jpg", markedAt(509),
                "cat/short.jpg", "JFI".getBytes(ISO_8859_1),
                "dog/first.jpg", markedAt(0),
                "dog/last-of-4096.jpg", markedAt(4_092),
                "dog/across-4096.jpg", markedAt(4_093)));
        try (ImageSet set = ImageSets.open(Places.folder(folder, files))) {

            // When
            ImageSet decode = Cleaning.DECODE.of(set);
            ImageSet jfif512 = Cleaning.JFIF512.of(set);
            ImageSet jfif4096 = Cleaning.JFIF4096.of(set);

            // Then
            assertThat(decode).isSameAs(set);
            assertThat(jfif512.examples())
                    .extracting(Example::entry)
                    .containsExactly("cat/first.jpg", "cat/last-of-512.jpg", "dog/first.jpg");
            assertThat(jfif4096.examples())
                    .extracting(Example::entry)
                    .containsExactly(
                            "cat/across-512.jpg",
                            "cat/first.jpg",
                            "cat/last-of-512.jpg",
                            "dog/first.jpg",
                            "dog/last-of-4096.jpg");
            assertThat(jfif4096.skipped())
                    .containsExactly(
                            new ImageSet.Skipped(
                                    "cat/short.jpg", "no JFIF in its first 4096 bytes (cleaning rule jfif4096)"),
                            new ImageSet.Skipped(
                                    "dog/across-4096.jpg", "no JFIF in its first 4096 bytes (cleaning rule jfif4096)"));
            assertThat(folder.resolve("dog/across-4096.jpg")).exists();
        }
    }

    @Test
    void aClassWithoutImagesIsAnErrorInOneLine() throws Exception {
        // Given
        Map<String, byte[]> files = Map.of("cat/1.jpg", markedAt(6), "dog/1.jpg", markedAt(600));
        try (ImageSet set = ImageSets.open(Places.folder(folder, files))) {

            // When
            var attempt = assertThatThrownBy(() -> Cleaning.JFIF512.of(set));

            // Then
            attempt.isInstanceOf(DataSetException.class).hasMessage("the cleaning rule jfif512 leaves no image of dog");
        }
    }
}
