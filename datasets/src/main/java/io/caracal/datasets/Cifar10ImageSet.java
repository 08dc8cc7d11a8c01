package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The binary version of CIFAR-10 (https://www.cs.toronto.edu/~kriz/cifar.html) and anything in its layout:
/// `data_batch_*.bin` and `test_batch.bin` hold records of one label byte and 32 x 32 pixels, first all red, then all
/// green, then all blue ones; line `n` of `batches.meta.txt` names label `n`. Record 7 of `data_batch_1.bin` is entry
/// `data_batch_1/00007.bmp`, and its bytes are a bitmap of exactly these pixels. The test batch is
/// [reserved][ImageSet#reserved].
final class Cifar10ImageSet extends LaidOutImageSet {
    private static final Pattern BATCH = Pattern.compile("(data_batch_\\d+|test_batch)\\.bin");
    private static final String TEST = "test_batch/";
    private static final String NAMES = "batches.meta.txt";
    private static final String UNPACKED = "cifar-10-batches-bin";
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int RECORD = 1 + PIXELS;
    private static final int MAX_LABELS = 256;

    private final Path folder;
    private final Fingerprints fingerprints = new Fingerprints();

    private Cifar10ImageSet(Path folder, Layout layout) {
        super(layout);
        this.folder = folder;
    }

    /// Where the batches lie: in the place itself, or in the folder that the published archive unpacks to.
    static Optional<Path> folder(Path place) throws IOException {
        for (Path folder : List.of(place, place.resolve(UNPACKED))) {
            if (Files.isDirectory(folder) && !batches(folder).isEmpty()) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /// @throws DataSetException if a file is missing or is not what it is called
    static Cifar10ImageSet open(Path folder) throws IOException {
        List<String> names = names(folder.resolve(NAMES));
        List<Example> examples = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        for (Path batch : batches(folder)) {
            if (Files.size(batch) == 0) {
                skipped.add(new Skipped(batch.getFileName().toString(), "empty file"));
            } else {
                labels(batch, names, examples);
            }
        }
        Layout layout = Layout.of(examples, skipped, folder)
                .reserving(example -> false, example -> example.entry().startsWith(TEST));
        return new Cifar10ImageSet(folder, layout);
    }

    private static List<Path> batches(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> BATCH.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static List<String> names(Path file) throws IOException {
        List<String> names;
        try {
            names = Files.readString(file, UTF_8)
                    .stripTrailing()
                    .lines()
                    .map(String::strip)
                    .toList();
        } catch (NoSuchFileException e) {
            throw new DataSetException("no such file: " + file + ", which names the labels of CIFAR-10's batches", e);
        } catch (CharacterCodingException e) {
            throw new DataSetException(file + " is not UTF-8, expected is one label name per line", e);
        }
        if (names.size() < 2 || names.size() > MAX_LABELS) {
            throw new DataSetException(file + " names " + names.size() + " labels, expected are 2 to " + MAX_LABELS);
        }
        if (names.contains("") || names.stream().distinct().count() < names.size()) {
            throw new DataSetException(file + " has an empty line or names a label twice");
        }
        return names;
    }

    private static void labels(Path batch, List<String> names, List<Example> examples) throws IOException {
        long size = Files.size(batch);
        if (size % RECORD != 0) {
            throw new DataSetException("%s has %d bytes, expected is a multiple of %d (a label, 32 x 32 pixels)"
                    .formatted(batch, size, RECORD));
        }
        String folder = batch.getFileName().toString().replace(".bin", "/");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(batch), RECORD)) {
            int record = 0;
            for (int label = in.read(); label >= 0; label = in.read()) {
                if (label >= names.size()) {
                    throw new DataSetException("%s, record %d: label %d, but %s names %d"
                            .formatted(batch, record, label, NAMES, names.size()));
                }
                examples.add(new Example("%s%05d.bmp".formatted(folder, record), names.get(label)));
                in.skipNBytes(PIXELS);
                record++;
            }
        }
    }

    @Override
    public byte[] read(Example example) throws IOException {
        String entry = example.entry();
        int slash = entry.indexOf('/');
        Path batch = folder.resolve(entry.substring(0, slash) + ".bin");
        long record = Long.parseLong(entry, slash + 1, entry.indexOf('.', slash), 10);
        ByteBuffer planes = ByteBuffer.allocate(PIXELS);
        // Opened for each image: no file is left open, and reads at the same time do not share a position.
        try (SeekableByteChannel channel = Files.newByteChannel(batch)) {
            channel.position(record * RECORD + 1);
            while (planes.hasRemaining()) {
                if (channel.read(planes) < 0) {
                    throw new IOException("cut off since it was opened: " + batch + ", record " + record);
                }
            }
        }
        return Bitmap.ofPlanes(planes.array(), SIDE, SIDE);
    }

    @Override
    public Fingerprint fingerprint(Example example) throws IOException {
        return fingerprints.of(this, example);
    }

    @Override
    public void close() {}
}
