package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLayoutTest {
    private static final String LONG = "x".repeat(300);

    @TempDir
    Path folder;

    @BeforeEach
    void images() throws IOException {
        Places.folder(folder, Places.named("a/1.jpg", "a/2.jpg", "b, c/\"3\".jpg", "no-extension"));
        Files.createFile(folder.resolve("empty.jpg"));
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("labels.CSV"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/1.jpg,cat\na/2.jpg,dog\n",
                "a/1.jpg,cat\r\na/2.jpg,dog",
                "path,label\na/1.jpg,cat\na/2.jpg,dog\n",
                "Path, Label\n\n./a/1.jpg , cat\n\n\"a/2.jpg\",\"dog\"\n",
                "\uFEFFpath,label\na/1.jpg,cat\na/../a/2.jpg,dog\n"
            })
    void readsPathsAndLabelsWithAndWithoutHeader(String text) throws Exception {
        // Given
        Path csv = csv(text);

        // When
        try (ImageSet set = ImageSets.open(csv)) {

            // Then
            assertThat(set.examples()).containsExactly(new Example("a/1.jpg", "cat"), new Example("a/2.jpg", "dog"));
            assertThat(set.labels()).containsExactly("cat", "dog");
            assertThat(set.read(set.examples().getFirst())).isEqualTo("a/1.jpg".getBytes(UTF_8));
        }
    }

    @Test
    void quotedFieldsHoldCommasAndQuotesAndNamesDoNotMatter() throws Exception {
        // Given
        Path csv = csv("\"b, c/\"\"3\"\".jpg\",\"Katze, \"\"wild\"\"\"\nno-extension,Hünd\nempty.jpg,Hünd\n");

        // When
        try (ImageSet set = ImageSets.open(csv)) {

            // Then
            assertThat(set.examples())
                    .containsExactly(
                            new Example("b, c/\"3\".jpg", "Katze, \"wild\""), new Example("no-extension", "Hünd"));
            assertThat(set.skipped()).containsExactly(new ImageSet.Skipped("empty.jpg", "empty file"));
        }
    }

    @Test
    void aListOfAFolderPerClassIsTheSameDataAsThatFolder() throws Exception {
        // Given
        Path pets = Places.folder(folder.resolve("pets"), Places.named("cat/1.jpg", "dog/1.jpg"));
        Path csv = csv("pets/dog/1.jpg,dog\npets/cat/1.jpg,cat\n");

        // When
        try (ImageSet listed = ImageSets.open(csv);
                ImageSet walked = ImageSets.open(pets)) {

            // Then
            assertThat(listed.sha256()).isEqualTo(walked.sha256());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/1.jpg,cat;a/2.jpg | line 2: 1 fields, expected are path,label",
                "path,label;a/1.jpg,cat,x | line 2: 3 fields, expected are path,label",
                "file,class;a/1.jpg,cat | line 1: no such file: file; a header, if there is one, is path,label",
                "a/1.jpg,cat;;a/3.jpg,dog | line 3: no such file: a/3.jpg",
                "a/1.jpg,cat;a,dog | line 2: not a file: a",
                "a/1.jpg/x,cat | line 1: no such file: a/1.jpg/x; a header, if there is one, is path,label",
                "LONG,cat | line 1: cannot be read: LONG (File name too long)",
                "a/1.jpg,cat;a/./1.jpg,dog | line 2: a/1.jpg is listed again, first in line 1",
                "../etc/passwd,cat | line 1: ../etc/passwd leads out of the CSV's folder, paths are relative to it",
                "/etc/passwd,cat | line 1: /etc/passwd leads out of the CSV's folder, paths are relative to it",
                "a/1.jpg,~ | line 1: the label is empty or holds control characters",
                "~,cat | line 1: the path is empty or holds control characters",
                "a/1.jpg,cat;\"a/2.jpg,dog;x,y | line 2: 1 fields, expected are path,label",
                "a/1.jpg,cat;\"a\"b,dog | after line 1: not CSV as in RFC 4180",
            })
    void saysInOneLineWhichLineIsWrong(String text, String message) throws Exception {
        // Given
        Path csv = csv(text.replace("LONG", LONG).replace('~', ' ').replace(';', '\n'));

        // When
        var attempt = assertThatThrownBy(() -> ImageSets.open(csv));

        // Then
        attempt.isInstanceOf(DataSetException.class).hasMessage(csv + ", " + message.replace("LONG", LONG));
    }

    @Test
    void saysThatItIsEmptyOfOneClassOrNotUtf8() throws Exception {
        // Given
        Path empty = Files.writeString(folder.resolve("empty.csv"), "path,label\n");
        Path one = Files.writeString(folder.resolve("one.csv"), "a/1.jpg,cat\n");
        Path latin = Files.write(folder.resolve("latin.csv"), "a/1.jpg,Hünd\n".getBytes(ISO_8859_1));

        // When
        var ofNone = assertThatThrownBy(() -> ImageSets.open(empty));
        var ofOne = assertThatThrownBy(() -> ImageSets.open(one));
        var ofOther = assertThatThrownBy(() -> ImageSets.open(latin));

        // Then
        ofNone.isInstanceOf(DataSetException.class).message().startsWith("no images in " + empty + "; accepted are ");
        ofOne.isInstanceOf(DataSetException.class)
                .message()
                .startsWith("only one class in " + one + ": every image is labelled 'cat'");
        ofOther.isInstanceOf(DataSetException.class).hasMessage(latin + ", after line 0: not UTF-8");
    }

    /// Whatever a CSV holds, it is a data set of files below its folder or refused in one line.
    @Test
    void anyBytesAreASetOrRefusedInOneLine() throws Exception {
        // Given
        var random = new Random(7);
        byte[] intact = "path,label\na/1.jpg,cat\n\"a/2.jpg\",dog\nno-extension,\"do\"\"g\"\n".getBytes(UTF_8);
        byte[] special = "\",\n\r/.\0\u00e4".getBytes(UTF_8);
        Path csv = folder.resolve("fuzz.csv");
        int opened = 0;
        int refused = 0;

        // When
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = intact.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] =
                        random.nextBoolean() ? special[random.nextInt(special.length)] : (byte) random.nextInt();
            }
            Files.write(csv, bytes);
            try (ImageSet set = ImageSets.open(csv)) {

                // Then
                for (Example example : set.examples()) {
                    assertThat(folder.resolve(example.entry()).normalize()).startsWith(folder);
                    assertThat(set.read(example)).isNotEmpty();
                }
                opened++;
            } catch (DataSetException e) {
                assertThat(e.getMessage()).startsWith(csv.toString()).hasLineCount(1);
                refused++;
            }
        }
        assertThat(opened).isGreaterThan(20);
        assertThat(refused).isGreaterThan(500);
    }
}
