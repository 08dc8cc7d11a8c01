package io.caracal.trainer.embed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.caracal.trainer.release.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Features as a file: CSV with entry, label and a column for each feature, or NumPy's format with entry and label of
/// each row in a CSV beside it.
public enum FeatureFile {
    CSV,
    NPY;

    /// The lines before the numbers in a `.npy` file are filled up to a multiple of this.
    private static final int ALIGNMENT = 64;

    /// @throws IllegalArgumentException if the name ends otherwise
    public static FeatureFile of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".npy")) {
            return NPY;
        }
        throw new IllegalArgumentException("out is " + file + ", allowed is a name that ends in .csv or .npy");
    }

    public void write(Path file, Features features) throws IOException {
        switch (this) {
            case CSV -> AtomicFiles.write(file, csv(features, features.width()));
            case NPY -> {
                AtomicFiles.write(file, npy(features));
                AtomicFiles.write(rowsFile(file), csv(features, 0));
            }
        }
    }

    /// `features.npy` to `features.rows.csv`.
    static Path rowsFile(Path npy) {
        String name = npy.getFileName().toString();
        return npy.resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".rows.csv");
    }

    /// @param columns how many features are written
    private static byte[] csv(Features features, int columns) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer text = new OutputStreamWriter(bytes, UTF_8);
                CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> record = new ArrayList<>(List.of("entry", "label"));
            for (int f = 0; f < columns; f++) {
                record.add("f" + f);
            }
            csv.writeRecord(record);
            for (int image = 0; image < features.images(); image++) {
                record.clear();
                record.add(features.examples().get(image).entry());
                record.add(features.examples().get(image).label());
                for (int f = 0; f < columns; f++) {
                    record.add(Float.toString(features.rows()[image][f]));
                }
                csv.writeRecord(record);
            }
        }
        return bytes.toByteArray();
    }

    /// Version 1.0 of the format, little-endian floats, row by row.
    private static byte[] npy(Features features) {
        String shape = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + features.images() + ", "
                + features.width() + "), }";
        int header = Math.ceilDiv(10 + shape.length() + 1, ALIGNMENT) * ALIGNMENT;
        ByteBuffer bytes = ByteBuffer.allocate(
                        Math.addExact(header, Math.multiplyExact(features.images() * Float.BYTES, features.width())))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(US_ASCII)).put((byte) 1).put((byte) 0);
        bytes.putShort((short) (header - 10)).put(shape.getBytes(US_ASCII));
        while (bytes.position() < header - 1) {
            bytes.put((byte) ' ');
        }
        bytes.put((byte) '\n');
        for (float[] row : features.rows()) {
            for (float value : row) {
                bytes.putFloat(value);
            }
        }
        return bytes.array();
    }
}
