package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Builds folders and zips for the tests.
final class Places {

    private Places() {}

    /// Entries with their own name as content.
    static Map<String, byte[]> named(String... entries) {
        Map<String, byte[]> files = new TreeMap<>();
        for (String entry : entries) {
            files.put(entry, entry.getBytes(UTF_8));
        }
        return files;
    }

    static Path folder(Path root, Map<String, byte[]> files) throws IOException {
        for (var file : files.entrySet()) {
            Path target = root.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        return root;
    }

    static Path zip(Path file, Map<String, byte[]> files) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
