package io.caracal.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Images in a zip, read in place. Nothing is unpacked to disk.
final class ZipImageSet extends LaidOutImageSet {
    private final ZipFile zip;

    private ZipImageSet(ZipFile zip, Layout layout) {
        super(layout);
        this.zip = zip;
    }

    static ZipImageSet open(Path file, Layout.Labelling labelling) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new DataSetException(
                    "neither a folder nor a readable zip: " + file + " (" + e.getMessage() + "); " + ImageSets.ACCEPTED,
                    e);
        }
        try {
            return new ZipImageSet(zip, labelling.of(list(zip), file));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static Listing list(ZipFile zip) {
        Listing listing = new Listing();
        Set<String> seen = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.isDirectory()) {
                listing.addFolder(entry.getName().substring(0, entry.getName().length() - 1));
            } else if (seen.add(entry.getName())) {
                listing.add(entry.getName(), entry.getSize());
            } else {
                listing.skip(entry.getName(), "second entry of this name");
            }
        }
        return listing;
    }

    @Override
    public byte[] read(Example example) throws IOException {
        Fingerprint announced = fingerprint(example);
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry(example))) {
            bytes = in.readNBytes(ImageSets.MAX_IMAGE_BYTES);
        } catch (ZipException e) {
            throw new IOException("damaged in the zip: " + example.entry() + " (" + e.getMessage() + ")", e);
        }
        if (!Fingerprint.of(bytes).equals(announced)) {
            throw new IOException("damaged in the zip: " + example.entry() + " (size or CRC-32 differs)");
        }
        return bytes;
    }

    @Override
    public Fingerprint fingerprint(Example example) throws IOException {
        ZipEntry entry = entry(example);
        return new Fingerprint(entry.getSize(), entry.getCrc());
    }

    private ZipEntry entry(Example example) throws IOException {
        ZipEntry entry = zip.getEntry(example.entry());
        if (entry == null) {
            throw new IOException("not in the zip: " + example.entry());
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
