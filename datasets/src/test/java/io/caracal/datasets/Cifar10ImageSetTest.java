package io.caracal.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10ImageSetTest {
    private static final int AREA = 32 * 32;
    private static final int RECORD = 1 + 3 * AREA;

    @TempDir
    Path folder;

    /// Records with these labels and random pixels.
    private static byte[] batch(Random random, int... labels) {
        byte[] bytes = new byte[labels.length * RECORD];
        random.nextBytes(bytes);
        for (int i = 0; i < labels.length; i++) {
            bytes[i * RECORD] = (byte) labels[i];
        }
        return bytes;
    }

    private Path names(String text) throws IOException {
        return Files.writeString(folder.resolve("batches.meta.txt"), text);
    }

    @Test
    void everyPixelArrivesWhereItWas() throws Exception {
        // Given
        byte[] batch = batch(new Random(3), 1, 0, 2);
        Files.write(folder.resolve("data_batch_1.bin"), batch);
        names("airplane\nautomobile\nbird\n\n");

        // When
        try (ImageSet set = ImageSets.open(folder)) {

            // Then
            assertThat(set.labels()).containsExactly("airplane", "automobile", "bird");
            assertThat(set.examples())
                    .containsExactly(
                            new Example("data_batch_1/00000.bmp", "automobile"),
                            new Example("data_batch_1/00001.bmp", "airplane"),
                            new Example("data_batch_1/00002.bmp", "bird"));
            for (int record = 0; record < 3; record++) {
                byte[] bytes = set.read(set.examples().get(record));
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
                for (int pixel = 0; pixel < AREA; pixel++) {
                    int at = record * RECORD + 1 + pixel;
                    int rgb = ((batch[at] & 0xff) << 16)
                            | ((batch[at + AREA] & 0xff) << 8)
                            | (batch[at + 2 * AREA] & 0xff);
                    assertThat(image.getRGB(pixel % 32, pixel / 32) & 0xffffff).isEqualTo(rgb);
                }
                assertThat(set.fingerprint(set.examples().get(record))).isEqualTo(Fingerprint.of(bytes));
            }
        }
    }

    @Test
    void allBatchesCountWhereTheArchiveUnpacksThem() throws Exception {
        // Given
        var random = new Random(5);
        Path inner = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
        Files.write(inner.resolve("data_batch_1.bin"), batch(random, 0, 1));
        Files.write(inner.resolve("data_batch_2.bin"), new byte[0]);
        Files.write(inner.resolve("test_batch.bin"), batch(random, 1));
        Files.writeString(inner.resolve("batches.meta.txt"), "zebra\nant\n");
        Files.writeString(inner.resolve("readme.html"), "unused");

        // When
        try (ImageSet set = ImageSets.open(folder)) {

            // Then
            assertThat(set.examples())
                    .containsExactly(
                            new Example("data_batch_1/00000.bmp", "zebra"),
                            new Example("data_batch_1/00001.bmp", "ant"),
                            new Example("test_batch/00000.bmp", "ant"));
            assertThat(set.labels()).containsExactly("ant", "zebra");
            assertThat(set.reserved().test()).containsExactly(new Example("test_batch/00000.bmp", "ant"));
            assertThat(set.skipped()).containsExactly(new ImageSet.Skipped("data_batch_2.bin", "empty file"));
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        // Given
        Path batch = folder.resolve("data_batch_1.bin");
        var random = new Random(5);
        Files.write(batch, batch(random, 0, 1));

        // When
        var noNames = assertThatThrownBy(() -> ImageSets.open(folder));
        Path meta = names("cat\n\ndog\n");
        var emptyName = assertThatThrownBy(() -> ImageSets.open(folder));
        names("cat\n");
        var oneName = assertThatThrownBy(() -> ImageSets.open(folder));
        names("cat\ndog\n");
        Files.write(batch, batch(random, 0, 2));
        var noSuchLabel = assertThatThrownBy(() -> ImageSets.open(folder));
        Files.write(batch, new byte[RECORD + 1]);
        var cutOff = assertThatThrownBy(() -> ImageSets.open(folder));

        // Then
        noNames.isInstanceOf(DataSetException.class)
                .hasMessage("no such file: " + meta + ", which names the labels of CIFAR-10's batches");
        emptyName.isInstanceOf(DataSetException.class).hasMessage(meta + " has an empty line or names a label twice");
        oneName.isInstanceOf(DataSetException.class).hasMessage(meta + " names 1 labels, expected are 2 to 256");
        noSuchLabel
                .isInstanceOf(DataSetException.class)
                .hasMessage(batch + ", record 1: label 2, but batches.meta.txt names 2");
        cutOff.isInstanceOf(DataSetException.class)
                .hasMessage(batch + " has 3074 bytes, expected is a multiple of 3073 (a label, 32 x 32 pixels)");
    }

    @Test
    void aBatchThatShrinksIsAnErrorOfItsImages() throws Exception {
        // Given
        Path batch = Files.write(folder.resolve("test_batch.bin"), batch(new Random(9), 0, 1));
        names("cat\ndog\n");
        try (ImageSet set = ImageSets.open(folder)) {
            Files.write(batch, Arrays.copyOf(Files.readAllBytes(batch), RECORD + 10));

            // When
            var attempt = assertThatThrownBy(() -> set.read(set.examples().get(1)));

            // Then
            attempt.isInstanceOf(IOException.class).hasMessageStartingWith("cut off since it was opened: ");
            assertThat(set.read(set.examples().get(0))).isNotEmpty();
        }
    }

    /// Whatever the files hold, they are a data set of readable images or refused in one line.
    @Test
    void anyBytesAreASetOrRefusedInOneLine() throws Exception {
        // Given
        var random = new Random(11);
        byte[] intact = batch(random, 0, 1, 2, 1);
        byte[] meta = "cat\ndog\nfox\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int opened = 0;
        int refused = 0;

        // When
        for (int round = 0; round < 1_000; round++) {
            byte[] bytes = random.nextInt(4) == 0
                    ? Arrays.copyOf(intact, random.nextInt(intact.length + RECORD))
                    : intact.clone();
            byte[] names = meta.clone();
            if (bytes.length > 0) {
                bytes[random.nextInt(4) * RECORD % bytes.length] = (byte) random.nextInt(5);
            }
            names[random.nextInt(names.length)] = (byte) random.nextInt();
            Files.write(folder.resolve("data_batch_1.bin"), bytes);
            Files.write(folder.resolve("batches.meta.txt"), names);
            try (ImageSet set = ImageSets.open(folder)) {

                // Then
                for (Example example : set.examples()) {
                    assertThat(ImageIO.read(new ByteArrayInputStream(set.read(example))))
                            .isNotNull();
                }
                opened++;
            } catch (DataSetException e) {
                assertThat(e.getMessage()).hasLineCount(1);
                refused++;
            }
        }
        assertThat(opened).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }
}
