package io.caracal.datasets;

import io.caracal.datasets.ImageSet.Skipped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The files of a place, sorted into candidates for images and the rest.
final class Listing {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp");
    private static final Set<String> LITTER = Set.of("thumbs.db", ".ds_store", "desktop.ini");

    private final List<String> images = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();

    /// @param entry path within the place, `/`-separated
    /// @param size in bytes, -1 when unknown
    void add(String entry, long size) {
        String refusal = refusal(entry, size);
        if (refusal == null) {
            images.add(entry);
        } else {
            skip(entry, refusal);
        }
    }

    void skip(String entry, String reason) {
        skipped.add(new Skipped(entry, reason));
    }

    /// @param path of a folder within the place, `/`-separated
    void addFolder(String path) {
        folders.add(path);
    }

    /// The folders that were added, and those in which something is skipped.
    List<String> folders() {
        return Stream.concat(folders.stream(), skipped.stream().map(file -> parent(file.entry())))
                .distinct()
                .sorted()
                .toList();
    }

    private static String parent(String entry) {
        return entry.substring(0, Math.max(0, entry.lastIndexOf('/')));
    }

    List<String> images() {
        return images;
    }

    /// Ordered by entry.
    List<Skipped> skipped() {
        return skipped.stream().sorted(Comparator.comparing(Skipped::entry)).toList();
    }

    private static String refusal(String entry, long size) {
        List<String> path = List.of(entry.split("/", -1));
        String name = path.getLast();
        if (entry.startsWith("/") || entry.indexOf('\\') >= 0 || path.contains("..")) {
            return "its path leads out of the data set";
        }
        if (LITTER.contains(name.toLowerCase(Locale.ROOT)) || isHidden(path)) {
            return "left behind by an operating system, not an image";
        }
        if (!EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
            return "not named like an image";
        }
        return sizeRefusal(size);
    }

    /// Whether this is nobody's data, because of its name or that of a folder above it.
    static boolean isHidden(List<String> path) {
        return path.stream().anyMatch(part -> part.equals("__MACOSX") || part.startsWith("."));
    }

    /// Why an image file of this size is not used; null if it is.
    static String sizeRefusal(long size) {
        if (size == 0) {
            return "empty file";
        }
        if (size > ImageSets.MAX_IMAGE_BYTES) {
            return "larger than " + (ImageSets.MAX_IMAGE_BYTES >> 20) + " MiB";
        }
        return null;
    }
}
