package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetsTest {
    private static final Map<String, byte[]> PETS = Places.named(
            "kagglecatsanddogs_3367a/PetImages/Cat/0.jpg",
            "kagglecatsanddogs_3367a/PetImages/Cat/1.jpg",
            "kagglecatsanddogs_3367a/PetImages/Dog/0.jpg",
            "kagglecatsanddogs_3367a/PetImages/Dog/Thumbs.db");

    @TempDir
    Path folder;

    @Test
    void aZipAndItsUnpackedFolderAreTheSameSet() throws Exception {
        // Given
        Path zipped = Places.zip(folder.resolve("pets.zip"), PETS);
        Path unpacked = Places.folder(folder.resolve("pets"), PETS);
        Path inner = unpacked.resolve("kagglecatsanddogs_3367a/PetImages");

        // When
        try (ImageSet fromZip = ImageSets.open(zipped);
                ImageSet fromFolder = ImageSets.open(unpacked);
                ImageSet fromInside = ImageSets.open(inner)) {

            // Then
            assertThat(fromZip.examples()).isEqualTo(fromFolder.examples()).hasSize(3);
            assertThat(fromZip.skipped()).isEqualTo(fromFolder.skipped()).hasSize(1);
            assertThat(fromZip.sha256())
                    .matches("[0-9a-f]{64}")
                    .isEqualTo(fromFolder.sha256())
                    .isEqualTo(fromInside.sha256());
            for (Example example : fromZip.examples()) {
                assertThat(fromZip.read(example))
                        .isEqualTo(fromFolder.read(example))
                        .isEqualTo(PETS.get(example.entry()));
            }
        }
    }

    @Test
    void imagesWithoutLabelsMayLieAnywhere() throws Exception {
        // Given
        Map<String, byte[]> files = Places.named("a.jpg", "deep/er/b.png", "deep/cat.1.jpg", "notes.txt");
        Path zipped = Places.zip(folder.resolve("photos.zip"), files);
        Path unpacked = Places.folder(folder.resolve("photos"), files);
        for (Path place : new Path[] {zipped, unpacked}) {

            // When
            try (ImageSet images = ImageSets.unlabelled(place)) {

                // Then
                assertThat(images.labels()).containsExactly("");
                assertThat(images.examples())
                        .containsExactly(
                                new Example("a.jpg", ""),
                                new Example("deep/cat.1.jpg", ""),
                                new Example("deep/er/b.png", ""));
                assertThat(images.skipped())
                        .singleElement()
                        .matches(file -> file.entry().equals("notes.txt"));
                assertThat(images.read(images.examples().getFirst())).isEqualTo(files.get("a.jpg"));
            }
        }
    }

    @Test
    void placeWithoutImagesIsRefusedWithoutLabelsToo() throws Exception {
        // Given
        Path empty = Places.folder(folder.resolve("photos"), Places.named("notes.txt"));

        // When, Then
        assertThatThrownBy(() -> ImageSets.unlabelled(empty))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("no images in " + empty)
                .message()
                .hasLineCount(1);
    }

    @Test
    void oneChangedByteChangesTheHash() throws Exception {
        // Given
        Map<String, byte[]> changed = new TreeMap<>(PETS);
        changed.put("kagglecatsanddogs_3367a/PetImages/Cat/0.jpg", "another".getBytes(UTF_8));
        Path before = Places.zip(folder.resolve("before.zip"), PETS);
        Path after = Places.zip(folder.resolve("after.zip"), changed);

        // When
        try (ImageSet first = ImageSets.open(before);
                ImageSet second = ImageSets.open(after)) {

            // Then
            assertThat(second.sha256()).isNotEqualTo(first.sha256());
        }
    }

    @Test
    void saysWhatIsWrongWithThePlace() throws Exception {
        // Given
        Path missing = folder.resolve("missing");
        Path text = Files.writeString(folder.resolve("notes.txt"), "no zip");

        // When
        var missingPlace = assertThatThrownBy(() -> ImageSets.open(missing));
        var noZip = assertThatThrownBy(() -> ImageSets.open(text));

        // Then
        missingPlace.isInstanceOf(DataSetException.class).hasMessage("no such file or folder: " + missing);
        noZip.isInstanceOf(DataSetException.class).message().startsWith("neither a folder nor a readable zip: " + text);
    }

    @Test
    void aLinkThatLeadsBackIsNamed() throws Exception {
        // Given
        Path pets = Places.folder(folder.resolve("pets"), PETS);
        Files.createSymbolicLink(pets.resolve("again"), pets);

        // When
        var attempt = assertThatThrownBy(() -> ImageSets.open(pets));

        // Then
        attempt.isInstanceOf(DataSetException.class).message().startsWith("a link leads back to a folder above it");
    }

    /// Whatever happens to a zip, a read gives the image's own bytes or an IOException, never others.
    @Test
    void aDamagedZipNeverGivesOtherBytes() throws Exception {
        // Given
        var random = new Random(42);
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            byte[] content = new byte[200];
            random.nextBytes(content);
            files.put((i % 2 == 0 ? "a/" : "b/") + i + ".jpg", content);
        }
        byte[] intact = Files.readAllBytes(Places.zip(folder.resolve("intact.zip"), files));
        int read = 0;
        int refused = 0;

        // When
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = intact.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path zip = Files.write(folder.resolve("damaged.zip"), damaged);
            try (ImageSet set = ImageSets.open(zip)) {
                for (Example example : set.examples()) {
                    try {
                        byte[] bytes = set.read(example);

                        // Then
                        assertThat(Fingerprint.of(bytes)).isEqualTo(set.fingerprint(example));
                        if (files.containsKey(example.entry())) {
                            assertThat(files.values()).anyMatch(content -> java.util.Arrays.equals(content, bytes));
                        }
                        read++;
                    } catch (IOException e) {
                        refused++;
                    }
                }
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(read).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(100);
    }
}
