package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.caracal.datasets.ImageSet.Skipped;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Labels from a CSV file (RFC 4180, UTF-8) with two columns, the path of an image relative to the CSV and its
/// label, and at will the header `path,label`. Every path must lead to a file below the CSV's folder. What the files
/// are called does not matter; empty and over-large ones are skipped.
final class CsvLayout {
    private static final int COLUMNS = 2;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path csv;
    private final Path root;
    private final List<Example> examples = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Map<String, Long> lines = new HashMap<>();

    private CsvLayout(Path csv, Path root) {
        this.csv = csv;
        this.root = root;
    }

    /// @param root the CSV's folder, links resolved
    /// @throws DataSetException naming the file, the line and what is wrong with it
    static Layout read(Path csv, Path root) throws IOException {
        var layout = new CsvLayout(csv, root);
        layout.records();
        layout.skipped.sort(Comparator.comparing(Skipped::entry));
        return Layout.of(layout.examples, layout.skipped, csv);
    }

    private void records() throws IOException {
        long last = 0;
        try (BufferedReader text = Files.newBufferedReader(csv, UTF_8)) {
            skipByteOrderMark(text);
            // The number of fields is checked here, where the message can say what was expected.
            CsvReader<CsvRecord> reader = CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .ofCsvRecord(text);
            boolean first = true;
            for (CsvRecord fields : reader) {
                last = fields.getStartingLineNumber();
                if (!first || !isHeader(fields)) {
                    add(fields);
                }
                first = false;
            }
        } catch (CsvParseException e) {
            throw new DataSetException(after(last, "not CSV as in RFC 4180"), e);
        } catch (MalformedInputException e) {
            throw new DataSetException(after(last, "not UTF-8"), e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof MalformedInputException) {
                throw new DataSetException(after(last, "not UTF-8"), e);
            }
            throw e.getCause();
        }
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    private static boolean isHeader(CsvRecord fields) {
        return fields.getFieldCount() == COLUMNS
                && fields.getField(0).strip().equalsIgnoreCase("path")
                && fields.getField(1).strip().equalsIgnoreCase("label");
    }

    private void add(CsvRecord fields) throws IOException {
        long line = fields.getStartingLineNumber();
        if (fields.getFieldCount() != COLUMNS) {
            throw new DataSetException(at(line, fields.getFieldCount() + " fields, expected are path,label"));
        }
        String label = fields.getField(1).strip();
        if (label.isEmpty() || label.chars().anyMatch(Character::isISOControl)) {
            throw new DataSetException(at(line, "the label is empty or holds control characters"));
        }
        Path file = file(fields.getField(0).strip(), line);
        String entry = root.relativize(file).toString().replace(File.separatorChar, '/');
        Long before = lines.putIfAbsent(entry, line);
        if (before != null) {
            throw new DataSetException(at(line, entry + " is listed again, first in line " + before));
        }
        String refusal = Listing.sizeRefusal(size(file, entry, line));
        if (refusal == null) {
            examples.add(new Example(entry, label));
        } else {
            skipped.add(new Skipped(entry, refusal));
        }
    }

    private Path file(String path, long line) throws DataSetException {
        if (path.isEmpty() || path.chars().anyMatch(Character::isISOControl)) {
            throw new DataSetException(at(line, "the path is empty or holds control characters"));
        }
        Path file;
        try {
            file = root.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new DataSetException(at(line, "not a path: " + path), e);
        }
        if (file.equals(root) || !file.startsWith(root)) {
            throw new DataSetException(at(line, path + " leads out of the CSV's folder, paths are relative to it"));
        }
        return file;
    }

    private long size(Path file, String entry, long line) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                return attributes.size();
            }
        } catch (NoSuchFileException e) {
            throw new DataSetException(
                    at(
                            line,
                            "no such file: " + entry + (line == 1 ? "; a header, if there is one, is path,label" : "")),
                    e);
        } catch (FileSystemException e) {
            String reason = Optional.ofNullable(e.getReason()).orElse("no access");
            throw new DataSetException(at(line, "cannot be read: " + entry + " (" + reason + ")"), e);
        }
        throw new DataSetException(at(line, "not a file: " + entry));
    }

    private String after(long line, String message) {
        return csv + ", after line " + line + ": " + message;
    }

    private String at(long line, String message) {
        return csv + ", line " + line + ": " + message;
    }
}
