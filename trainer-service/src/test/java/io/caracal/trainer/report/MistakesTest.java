package io.caracal.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.contracts.Json;
import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import io.caracal.trainer.data.TestImages;
import io.caracal.trainer.release.ScoredImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MistakesTest {
    private static final List<String> CLASSES = List.of("cool", "warm");

    @TempDir
    Path folder;

    private static ScoredImage scored(boolean right, float probability) {
        return new ScoredImage(0, right ? 0 : 1, probability, right ? probability : 1 - probability);
    }

    @Test
    void theSurestOfTheWrongOnesComeFirst() throws IOException {
        // Given
        try (ImageSet set = ImageSets.open(TestImages.folder(folder, 4))) {
            List<ScoredImage> scored =
                    List.of(scored(false, 0.6f), scored(true, 0.99f), scored(false, 0.9f), scored(false, 0.6f));

            // When
            List<Mistake> mistakes = Mistakes.worst(set, set.examples(), CLASSES, scored);

            // Then
            assertThat(mistakes)
                    .extracting(Mistake::entry)
                    .containsExactly(
                            set.examples().get(2).entry(),
                            set.examples().get(0).entry(),
                            set.examples().get(3).entry());
            assertThat(mistakes.getFirst().label()).isEqualTo("cool");
            assertThat(mistakes.getFirst().predicted()).isEqualTo("warm");
            assertThat(mistakes.getFirst().probability()).isEqualTo(0.9f);
            assertThat(mistakes).allMatch(mistake -> mistake.picture().isPresent());
        }
    }

    @Test
    void noMoreThanCanBeLookedAt() throws IOException {
        // Given
        try (ImageSet set = ImageSets.open(TestImages.folder(folder, 2))) {
            List<Example> many = Collections.nCopies(100, set.examples().getFirst());

            // When
            List<Mistake> mistakes = Mistakes.worst(set, many, CLASSES, Collections.nCopies(100, scored(false, 0.7f)));

            // Then
            assertThat(mistakes).hasSize(Mistakes.SHOWN);
        }
    }

    @Test
    void scoresOfOtherImagesAreRefused() throws IOException {
        // Given
        try (ImageSet set = ImageSets.open(TestImages.folder(folder, 2))) {
            // When, Then
            assertThatThrownBy(() -> Mistakes.worst(set, set.examples(), CLASSES, new ArrayList<>()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("2 images are given, 0 were scored");
        }
    }

    @Test
    void picturesAreSmallAndKeepTheirShape() throws IOException {
        // Given
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(1_000, 250, BufferedImage.TYPE_INT_RGB), "png", bytes);

        // When
        Optional<byte[]> thumbnail = new Thumbnails().of(bytes.toByteArray());

        // Then
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(thumbnail.orElseThrow()));
        assertThat(small.getWidth()).isEqualTo(320);
        assertThat(small.getHeight()).isEqualTo(80);
    }

    @Test
    void coloursStayWhatTheyAre() throws IOException {
        // Given a warm picture, which is red
        Path picture = TestImages.folder(folder, 2).resolve("warm/0.png");

        // When
        byte[] jpeg = new Thumbnails().of(Files.readAllBytes(picture)).orElseThrow();

        // Then
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        long red = 0;
        long blue = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                red += image.getRGB(x, y) >> 16 & 0xff;
                blue += image.getRGB(x, y) & 0xff;
            }
        }
        assertThat(red).isGreaterThan(2 * blue);
    }

    @Test
    void whatIsNoPictureHasNone() {
        // When, Then
        assertThat(new Thumbnails().of("no picture".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void folderOfAllIsToldOnce() {
        // Given
        List<Mistake> mistakes = Stream.of("set/warm/1.png", "set/warm/12.png", "set/wide/3.png")
                .map(entry -> new Mistake(entry, "cool", "warm", 0.75f, 0.25f, Optional.empty()))
                .toList();

        // When
        String html = MistakesSection.of(mistakes, 3).toString();

        // Then
        assertThat(html).containsOnlyOnce("set/").contains("<code>warm/1.png</code>", "<code>wide/3.png</code>");
    }

    @Test
    void jsonHasNoPictures() {
        // Given
        var mistake = new Mistake("a.png", "cool", "warm", 0.75f, 0.25f, Optional.of(new byte[] {1}));

        // When
        String json = new String(Json.write(mistake), StandardCharsets.UTF_8);

        // Then
        assertThat(json)
                .isEqualTo("{\"entry\":\"a.png\",\"label\":\"cool\",\"predicted\":\"warm\",\"probability\":0.75,"
                        + "\"labelProbability\":0.25}");
    }
}
