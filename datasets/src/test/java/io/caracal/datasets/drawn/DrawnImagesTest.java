package io.caracal.datasets.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.datasets.ImageSets;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawnImagesTest {
    private static final int IMAGES = 600;
    private static final int HELD_OUT = 200;
    private static byte[][] jpegs;
    private static BufferedImage[] pictures;

    @BeforeAll
    static void draw() {
        var drawn = new DrawnImages(11);
        jpegs = IntStream.range(0, IMAGES).parallel().mapToObj(drawn::jpeg).toArray(byte[][]::new);
        pictures = Arrays.stream(jpegs).parallel().map(DrawnImagesTest::decode).toArray(BufferedImage[]::new);
    }

    @Test
    void seedAndIndexDecideEveryByte() {
        // Given
        var again = new DrawnImages(11);
        var other = new DrawnImages(12);

        // When
        byte[] same = again.jpeg(17);
        byte[] different = other.jpeg(17);

        // Then
        assertThat(same).isEqualTo(jpegs[17]);
        assertThat(different).isNotEqualTo(jpegs[17]);
    }

    @Test
    void noTwoScenesShareTheirDraws() {
        // Given
        Stream<BufferedImage> all = Arrays.stream(pictures);

        // When
        List<String> sizes = all.map(picture -> picture.getWidth() + "x" + picture.getHeight())
                .distinct()
                .toList();

        // Then shifted copies of one random sequence would repeat sizes in order
        assertThat(sizes).hasSizeGreaterThan(IMAGES * 8 / 10);
    }

    @Test
    void sidesAreTwoToEightHundredPixels() {
        // Given
        Stream<BufferedImage> all = Arrays.stream(pictures);

        // When
        var sides = all.flatMap(picture -> Stream.of(picture.getWidth(), picture.getHeight()))
                .mapToInt(Integer::intValue)
                .summaryStatistics();

        // Then
        assertThat(sides.getMin()).isBetween(200, 210);
        assertThat(sides.getMax()).isBetween(700, 800);
    }

    /// What needs no look at the shape must not tell the classes apart: 0.5 is chance.
    @ParameterizedTest
    @EnumSource
    void simpleCluesDoNotGiveTheClassAway(Clue clue) {
        // Given
        double[][] features = IntStream.range(0, IMAGES).mapToObj(clue::of).toArray(double[][]::new);

        // When
        double accuracy = LinearClassifier.accuracy(features, i -> i % 2 == 1, IMAGES - HELD_OUT);

        // Then
        assertThat(accuracy).as(clue.name()).isLessThan(0.66);
    }

    @Test
    void theZipIsABalancedDataSetAndRepeatable(@TempDir Path folder) throws Exception {
        // Given
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");
        List<Integer> progress = new ArrayList<>();

        // When
        DrawnZip.write(first, 20, 11, progress::add);
        DrawnZip.write(second, 20, 11, done -> {});

        // Then
        assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
        assertThat(progress).last().isEqualTo(20);
        try (ImageSet set = ImageSets.open(first)) {
            assertThat(set.labels()).isEqualTo(DrawnImages.labels()).containsExactly("bearing", "gear");
            assertThat(set.skipped()).isEmpty();
            assertThat(set.examples())
                    .hasSize(20)
                    .filteredOn(example -> example.label().equals("gear"))
                    .hasSize(10);
            assertThat(set.read(DrawnImages.example(3))).isEqualTo(jpegs[3]);
            assertThat(set.examples()).contains(new Example("gear/000003.jpg", "gear"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(first, second);
        }
    }

    /// What a careless generator leaks.
    enum Clue {
        SIZE_OF_PICTURE_AND_FILE {
            @Override
            double[] of(int image) {
                BufferedImage picture = pictures[image];
                double pixels = (double) picture.getWidth() * picture.getHeight();
                return new double[] {
                    picture.getWidth(), picture.getHeight(), jpegs[image].length, jpegs[image].length / pixels
                };
            }
        },
        MEAN_COLOUR {
            @Override
            double[] of(int image) {
                return means(pictures[image], 1);
            }
        },
        COLOUR_HISTOGRAM {
            @Override
            double[] of(int image) {
                BufferedImage picture = pictures[image];
                double[] bins = new double[64];
                for (int y = 0; y < picture.getHeight(); y += 2) {
                    for (int x = 0; x < picture.getWidth(); x += 2) {
                        int rgb = picture.getRGB(x, y);
                        bins[(rgb >> 22 & 3) << 4 | (rgb >> 14 & 3) << 2 | (rgb >> 6 & 3)]++;
                    }
                }
                double total = Arrays.stream(bins).sum();
                return Arrays.stream(bins).map(bin -> bin / total).toArray();
            }
        },
        THUMBNAIL {
            @Override
            double[] of(int image) {
                return means(pictures[image], 8);
            }
        };

        abstract double[] of(int image);

        /// Mean red, green and blue of each cell of a `cells` x `cells` grid.
        private static double[] means(BufferedImage picture, int cells) {
            double[] sums = new double[3 * cells * cells];
            double[] counts = new double[cells * cells];
            for (int y = 0; y < picture.getHeight(); y += 2) {
                for (int x = 0; x < picture.getWidth(); x += 2) {
                    int cell = y * cells / picture.getHeight() * cells + x * cells / picture.getWidth();
                    int rgb = picture.getRGB(x, y);
                    counts[cell]++;
                    for (int channel = 0; channel < 3; channel++) {
                        sums[3 * cell + channel] += (rgb >> (8 * channel)) & 0xff;
                    }
                }
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] /= counts[i / 3];
            }
            return sums;
        }
    }

    private static BufferedImage decode(byte[] jpeg) {
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
