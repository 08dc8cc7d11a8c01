package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    @ParameterizedTest
    @ValueSource(strings = {"cmyk", "ycck"})
    void givesCmykItsRealColours(String name) {
        // Given: Pillow's conversion; OpenCV's rounds each product down
        byte[] expected = decode(Drawings.file(name + ".expected.png"), sameSize(61, 43));

        // When
        byte[] pixels = decode(Drawings.file(name + ".jpg"), sameSize(61, 43));

        // Then
        assertThat(largestDifference(pixels, expected)).isLessThanOrEqualTo(2);
    }

    /// Of 16 bits the upper eight, whatever else a PNG stores beside its colours.
    @ParameterizedTest
    @CsvSource({
        "0, 16, 1, grey",
        "2, 16, 3, colour",
        "4, 16, 2, grey and alpha",
        "6, 16, 4, colour and alpha",
        "0, 8, 1, grey",
        "4, 8, 2, grey and alpha",
        "6, 8, 4, colour and alpha"
    })
    void readsEveryKindOfPng(int colourType, int depth, int channels, String kind) {
        // Given
        int width = 19;
        int height = 11;
        byte[] drawn = Drawings.pattern(width, height);
        boolean grey = channels < 3;
        byte[] expected = drawn.clone();
        byte[] samples = new byte[width * height * channels * depth / 8];
        for (int i = 0, at = 0; i < width * height; i++) {
            for (int c = 0; c < channels; c++) {
                boolean alpha = channels % 2 == 0 && c == channels - 1;
                samples[at++] = alpha ? (byte) (i * 7) : drawn[i * 3 + c];
                if (depth == 16) {
                    samples[at++] = (byte) 0xee;
                }
            }
            if (grey) {
                Arrays.fill(expected, i * 3, i * 3 + 3, drawn[i * 3]);
            }
        }

        // When
        byte[] pixels = decode(Drawings.png(width, height, depth, colourType, samples), sameSize(width, height));

        // Then
        assertThat(pixels).as(kind).isEqualTo(expected);
    }

    @Test
    void readsAPaletteWithTransparencyByItsColours() {
        // Given: two colours, the second one wholly transparent; one bit per pixel
        byte[] colours = Drawings.chunk("PLTE", new byte[] {10, 20, 30, (byte) 200, (byte) 150, 100});
        byte[] transparency = Drawings.chunk("tRNS", new byte[] {(byte) 255, 0});
        byte[] png = Drawings.png(4, 2, 1, 3, new byte[] {0b0101_0000, (byte) 0b1100_0000}, colours, transparency);

        // When
        byte[] pixels = decode(png, sameSize(4, 2));

        // Then
        byte[] a = {10, 20, 30};
        byte[] b = {(byte) 200, (byte) 150, 100};
        assertThat(pixels).isEqualTo(join(a, b, a, b, b, b, a, a));
    }

    @Test
    void linearEqualsOpenCvWithinOneLevelInBothGeometries() {
        // Given: a crop that is the whole, so that both geometries ask for the same
        byte[] png = Drawings.png(100, 100, Drawings.pattern(100, 100));
        var squash = new Preprocessing(new Geometry.Squash(37, 37), Filter.LINEAR, false, false);
        var crop = new Preprocessing(new Geometry.ShortSideCrop(37, 37, 37), Filter.LINEAR, false, false);

        // When
        byte[] pixels = decode(png, crop);

        // Then
        assertThat(largestDifference(pixels, decode(png, squash))).isLessThanOrEqualTo(1);
    }

    @Test
    void dctScalingWaitsUntilTwiceTheSizeIsLeft() {
        // Given: halved, one side would be 1 pixel short of twice the target
        byte[] jpeg = Drawings.jpeg(200, 199, soft(200, 199));
        var with = new Preprocessing(new Geometry.Squash(50, 50), Filter.ANTIALIAS, true, false);
        var without = new Preprocessing(new Geometry.Squash(50, 50), Filter.ANTIALIAS, false, false);

        // When
        byte[] pixels = decode(jpeg, with);

        // Then
        assertThat(pixels).isEqualTo(decode(jpeg, without));
    }

    @ParameterizedTest
    @CsvSource({"200, 200", "401, 399", "403, 811", "1000, 1000"})
    void dctScalingGivesNearlyTheSamePicture(int width, int height) {
        // Given
        byte[] jpeg = Drawings.jpeg(width, height, soft(width, height));
        var with = new Preprocessing(new Geometry.ShortSideCrop(50, 48, 48), Filter.ANTIALIAS, true, false);
        var without = new Preprocessing(new Geometry.ShortSideCrop(50, 48, 48), Filter.ANTIALIAS, false, false);

        // When
        byte[] pixels = decode(jpeg, with);

        // Then
        byte[] exact = decode(jpeg, without);
        assertThat(pixels).isNotEqualTo(exact);
        assertThat(largestDifference(pixels, exact)).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour.jpg",
                "progressive.jpg",
                "grey.jpg",
                "cmyk.jpg",
                "lossy.webp",
                "alpha.webp",
                "animated.webp",
                "palette.gif",
                "animated.gif",
                "colour.bmp",
                "palette.bmp",
                "cmyk.expected.png"
            })
    void refusesAFileThatEndsEarlyAndLeavesTheTarget(String name) {
        // Given: a decoder that has just decoded something else
        byte[] bytes = Drawings.file(name);
        var preprocessing = sameSize(61, 43);
        byte[] untouched = Drawings.pattern(61, 43);
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {
            for (int missing : new int[] {1, 2, 3, 20, bytes.length / 4, bytes.length / 2, bytes.length - 35}) {
                decoder.decode(
                        Drawings.png(61, 43, Drawings.plain(61, 43, 255, 0, 255)), ByteBuffer.allocate(61 * 43 * 3));
                var target = ByteBuffer.wrap(untouched.clone());

                // When
                Decoded decoded = decoder.decode(Arrays.copyOf(bytes, Math.max(30, bytes.length - missing)), target);

                // Then
                assertThat(decoded)
                        .asInstanceOf(type(Refusal.class))
                        .extracting(Refusal::reason)
                        .isEqualTo(Refusal.Reason.DAMAGED);
                assertThat(target.position()).isZero();
                assertThat(target.array()).isEqualTo(untouched);
            }
        }
    }

    @Test
    void readsAJpegWithStrayBytesBetweenSegmentsAndBehindItsEnd() {
        // Given: two stray bytes behind the JFIF segment, as real data sets have them, and a tail
        byte[] jpeg = Drawings.file("colour.jpg");
        int behindJfif = 2 + 2 + 16;
        byte[] stray = join(
                Arrays.copyOf(jpeg, behindJfif),
                new byte[] {0x12, 0x34},
                Arrays.copyOfRange(jpeg, behindJfif, jpeg.length),
                "tail".repeat(100).getBytes(StandardCharsets.US_ASCII));

        // When
        byte[] pixels = decode(stray, sameSize(61, 43));

        // Then
        assertThat(pixels).isEqualTo(decode(jpeg, sameSize(61, 43)));
    }

    /// OpenCV alone would reserve 4 GB and take seconds.
    @Test
    void refusesAPngWhoseChunkAnnouncesMoreThanThereIs() {
        // Given
        byte[] png = Drawings.png(5, 5, Drawings.pattern(5, 5));
        int lengthOfIdat = 33;
        ByteBuffer.wrap(png).putInt(lengthOfIdat, -1);
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, sameSize(5, 5))) {

            // When
            Decoded decoded = decoder.decode(png, ByteBuffer.allocate(75));

            // Then
            assertThat(decoded).isEqualTo(new Refusal(Refusal.Reason.DAMAGED, "the PNG data is cut off"));
        }
    }

    @Test
    void refusesAFrameThatDoesNotFitItsScreen() {
        // Given: a GIF that announces 40 x 30 and holds 61 x 43
        byte[] gif = Drawings.file("palette.gif");
        gif[6] = 40;
        gif[8] = 30;
        var target = ByteBuffer.allocate(61 * 43 * 3);

        // When
        Decoded decoded;
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, sameSize(61, 43))) {
            decoded = decoder.decode(gif, target);
        }

        // Then
        assertThat(decoded).isInstanceOf(Refusal.class);
        assertThat(target.position()).isZero();
    }

    @Test
    void writesAtThePositionOfAHeapOrDirectTarget() {
        // Given
        byte[] jpeg = Drawings.file("colour.jpg");
        var preprocessing = Preprocessing.squash(20, 10, Filter.LINEAR);
        byte[] expected = decode(jpeg, preprocessing);
        for (var target : new ByteBuffer[] {ByteBuffer.allocate(1207), ByteBuffer.allocateDirect(1207)}) {
            target.put(new byte[] {1, 2, 3});
            try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {

                // When
                decoder.decode(jpeg, target);
                decoder.decode(jpeg, target);
            }

            // Then
            byte[] written = new byte[1207];
            target.position(0).get(written);
            assertThat(written).isEqualTo(join(new byte[] {1, 2, 3}, expected, expected, new byte[4]));
        }
    }

    @Test
    void decodersOfSeveralThreadsDoNotDisturbEachOther() throws Exception {
        // Given: as many images as threads
        var preprocessing = Preprocessing.squash(50, 40, Filter.ANTIALIAS);
        List<byte[]> images = Stream.of("colour.jpg", "alpha-lossy.webp", "offset.gif", "palette.bmp")
                .map(Drawings::file)
                .toList();
        List<byte[]> expected =
                images.stream().map(image -> decode(image, preprocessing)).toList();
        var work = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < images.size(); i++) {
            byte[] image = images.get(i);
            byte[] pixels = expected.get(i);
            work.add(() -> alwaysDecodesTo(pixels, image, preprocessing));
        }

        // When
        List<Future<Boolean>> results;
        try (var threads = Executors.newFixedThreadPool(images.size())) {
            results = threads.invokeAll(work);
        }

        // Then
        for (var result : results) {
            assertThat(result.get()).isTrue();
        }
    }

    private static boolean alwaysDecodesTo(byte[] pixels, byte[] image, Preprocessing preprocessing) {
        var target = ByteBuffer.allocate(preprocessing.pixelBytes());
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {
            for (int i = 0; i < 500; i++) {
                decoder.decode(image, target.clear());
                if (!Arrays.equals(target.array(), pixels)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void demandsRoomForOneImage() {
        // Given
        var target = ByteBuffer.allocate(599);
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, Preprocessing.squash(20, 10, Filter.LINEAR))) {

            // When, then
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.decode(Drawings.file("colour.jpg"), target))
                    .withMessage("the target has room for 599 bytes, needed are 600");
        }
    }

    @Test
    void closesOnceAndIsThenOfNoUse() {
        // Given
        var decoder = new ImageDecoder(Limits.DEFAULTS, Preprocessing.squash(20, 10, Filter.LINEAR));
        decoder.close();

        // When
        decoder.close();

        // Then
        assertThatIllegalStateException()
                .isThrownBy(() -> decoder.decode(Drawings.file("colour.jpg"), ByteBuffer.allocate(600)))
                .withMessage("the decoder is closed");
    }

    private static Preprocessing sameSize(int width, int height) {
        return new Preprocessing(new Geometry.Squash(width, height), Filter.ANTIALIAS, false, false);
    }

    private static byte[] decode(byte[] bytes, Preprocessing preprocessing) {
        var target = ByteBuffer.allocate(preprocessing.pixelBytes());
        try (var decoder = new ImageDecoder(Limits.DEFAULTS, preprocessing)) {
            assertThat(decoder.decode(bytes, target)).isInstanceOf(Decoded.Done.class);
        }
        return target.array();
    }

    /// A picture without fine detail, so that the JPEG's own loss stays small.
    private static byte[] soft(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[i++] = (byte) (255 * x / width);
                pixels[i++] = (byte) (255 * y / height);
                pixels[i++] = (byte) (127 + 100 * Math.sin(9.0 * x / width) * Math.cos(7.0 * y / height));
            }
        }
        return pixels;
    }

    private static int largestDifference(byte[] a, byte[] b) {
        assertThat(a).hasSameSizeAs(b);
        int largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
        }
        return largest;
    }

    private static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
