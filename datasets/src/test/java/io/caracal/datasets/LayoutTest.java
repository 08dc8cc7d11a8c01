package io.caracal.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    private static final Path PLACE = Path.of("pictures");

    @ParameterizedTest
    @CsvSource({
        "Cat/1.jpg, Dog/2.JPEG, Cat, Dog",
        "PetImages/Cat/1.jpg, PetImages/Dog/2.png, Cat, Dog",
        "kagglecatsanddogs_3367a/PetImages/Dog/1.jpg, kagglecatsanddogs_3367a/PetImages/Cat/1.jpg, Dog, Cat",
        "train/cats/cat.1.jpg, validation/dogs/dog.2.jpg, cats, dogs",
        "cat.0.jpg, dog.0.jpg, cat, dog",
        "train/cat.0.jpg, train/dog.12499.jpg, cat, dog",
    })
    void labelsBothLayoutsAtAnyDepth(String first, String second, String firstLabel, String secondLabel)
            throws Exception {
        // Given
        Listing listing = listing(first, second);

        // When
        Layout layout = Layout.of(listing, PLACE);

        // Then
        assertThat(layout.examples())
                .containsExactlyInAnyOrder(new Example(first, firstLabel), new Example(second, secondLabel));
        assertThat(layout.labels()).isSorted().containsExactlyInAnyOrder(firstLabel, secondLabel);
    }

    @ParameterizedTest
    @CsvSource({
        "photos/val/cat/1.jpg, photos/test/cat/1.jpg, photos/train/dog/1.jpg",
        "valid/dog/1.jpg, Test/dog/1.jpg, train/cat/1.jpg",
        "Validation/dog/1.jpg, test/dog/1.jpg, cat/cat/1.jpg",
    })
    void reservesTheClassFoldersInFoldersForValidationAndTests(String validation, String test, String other)
            throws Exception {
        // Given
        Listing listing = listing(other, test, validation);

        // When
        Layout layout = Layout.of(listing, PLACE);

        // Then
        assertThat(layout.reserved().validation()).extracting(Example::entry).containsExactly(validation);
        assertThat(layout.reserved().test()).extracting(Example::entry).containsExactly(test);
        assertThat(layout.examples()).hasSize(3);
    }

    /// What was pre-trained on without labels is not tested on with them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "photos/val/cat/1.jpg photos/test/cat/1.jpg photos/train/dog/1.jpg",
                "test/a/cat.1.jpg test/a/dog.1.jpg train/a/cat.2.jpg"
            })
    void reservesTheSameWithAndWithoutLabels(String entries) throws Exception {
        // Given
        String[] files = entries.split(" ", -1);

        // When
        Reserved without = Layout.unlabelled(listing(files), PLACE).reserved();

        // Then
        Reserved with = Layout.of(listing(files), PLACE).reserved();
        assertThat(without.test()).extracting(Example::entry).containsExactlyInAnyOrderElementsOf(entries(with.test()));
        assertThat(without.validation())
                .extracting(Example::entry)
                .containsExactlyInAnyOrderElementsOf(entries(with.validation()));
    }

    private static List<String> entries(Set<Example> examples) {
        return examples.stream().map(Example::entry).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "test/cat/1.jpg, test/dog/1.jpg",
        "test/cat/1.jpg, val/dog/1.jpg",
        "cat/1.jpg, test/1.jpg",
        "test/cat.0.jpg, test/dog.0.jpg"
    })
    void reservesNothingWhereNothingElseIsOrTestIsAClass(String first, String second) throws Exception {
        // Given
        Listing listing = listing(first, second);

        // When
        Layout layout = Layout.of(listing, PLACE);

        // Then
        assertThat(layout.reserved()).isEqualTo(Reserved.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cat/Thumbs.db",
                "Cat/.DS_Store",
                "__MACOSX/Cat/._1.jpg",
                "Cat/._1.jpg",
                ".git/a/b.png",
                "readme[1].txt",
                "Cat/notes",
                "../../etc/Cat/1.jpg",
                "/etc/Cat/1.jpg",
                "Cat\\1.jpg"
            })
    void skipsWithAReasonWhatIsNoImage(String junk) throws Exception {
        // Given
        Listing listing = listing("Cat/1.jpg", "Dog/1.jpg", junk);

        // When
        Layout layout = Layout.of(listing, PLACE);

        // Then
        assertThat(layout.examples()).hasSize(2);
        assertThat(layout.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.entry()).isEqualTo(junk);
            assertThat(skipped.reason()).isNotBlank();
        });
    }

    @Test
    void skipsEmptyAndHugeFilesAndImagesAboveTheClassFolders() throws Exception {
        // Given
        Listing listing = listing("set/Cat/1.jpg", "set/Dog/1.jpg", "set/preview.png");
        listing.add("set/Cat/666.jpg", 0);
        listing.add("set/Dog/9.jpg", ImageSets.MAX_IMAGE_BYTES + 1L);

        // When
        Layout layout = Layout.of(listing, PLACE);

        // Then
        assertThat(layout.skipped())
                .containsExactly(
                        new ImageSet.Skipped("set/Cat/666.jpg", "empty file"),
                        new ImageSet.Skipped("set/Dog/9.jpg", "larger than 64 MiB"),
                        new ImageSet.Skipped("set/preview.png", "lies above the class folders"));
    }

    @ParameterizedTest
    @CsvSource({"set/Bird", "set/Bird/deeper", "set/.cache", "set/Cat/deeper", "elsewhere", "elsewhere/Bird"})
    void folderBesideTheClassFoldersNeedsImages(String folder) throws Exception {
        // Given
        Listing listing = listing("set/Cat/1.jpg", "set/Dog/1.jpg");
        listing.addFolder(folder);

        // When
        var attempt = catchThrowable(() -> Layout.of(listing, PLACE));

        // Then
        if (folder.startsWith("set/Bird")) {
            assertThat(attempt)
                    .isInstanceOf(DataSetException.class)
                    .hasMessage("no images for the label 'Bird' in pictures/set/Bird; put some there or move the folder"
                            + " elsewhere");
        } else {
            assertThat(attempt).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "readme.txt | no images in pictures",
                "Cat/1.jpg,Cat/2.jpg | only one class in pictures: every image is labelled 'Cat'",
                "1.jpg,2.jpg | no labels in pictures: 1.jpg",
                "cat.1.jpg,cat.2.jpg | no labels in pictures: cat.1.jpg",
                "train/cat.1.jpg,train/dog.1.jpg,test1/1.jpg | ambiguous layout in pictures: train/cat.1.jpg",
                "Cat/1.jpg,Cat/2.jpg,Dog/x/1.jpg | ambiguous layout in pictures: images lie at different depths",
            })
    void saysInOneLineWhatIsUnclear(String entries, String message) {
        // Given
        Listing listing = listing(entries.split(",", -1));

        // When
        var attempt = assertThatThrownBy(() -> Layout.of(listing, PLACE));

        // Then
        attempt.isInstanceOf(DataSetException.class)
                .message()
                .startsWith(message)
                .doesNotContain("\n");
    }

    private static Listing listing(String... entries) {
        Listing listing = new Listing();
        List.of(entries).forEach(entry -> listing.add(entry, 100));
        return listing;
    }
}
