package io.caracal.datasets;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Images in a folder and the folders below it, all of them or those that a CSV lists; symbolic links are followed.
final class FolderImageSet extends LaidOutImageSet {
    private final Path root;
    private final Fingerprints fingerprints = new Fingerprints();

    private FolderImageSet(Path root, Layout layout) {
        super(layout);
        this.root = root;
    }

    static FolderImageSet open(Path folder, Layout.Labelling labelling) throws IOException {
        Path root = folder.toRealPath();
        Listing listing = new Listing();
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String entry = root.relativize(file).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(file)) {
                    listing.addFolder(entry);
                } else if (Files.isRegularFile(file)) {
                    listing.add(entry, Files.size(file));
                }
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileSystemLoopException loop) {
                throw new DataSetException("a link leads back to a folder above it: " + loop.getMessage(), loop);
            }
            throw e.getCause();
        }
        return new FolderImageSet(root, labelling.of(listing, folder));
    }

    /// The images that a CSV lists.
    static FolderImageSet listed(Path csv) throws IOException {
        Path root = csv.toAbsolutePath().getParent().toRealPath();
        return new FolderImageSet(root, CsvLayout.read(csv, root));
    }

    @Override
    public byte[] read(Example example) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve(example.entry()))) {
            byte[] bytes = in.readNBytes(ImageSets.MAX_IMAGE_BYTES);
            if (in.read() >= 0) {
                throw new IOException("grew beyond what is read of an image: " + example.entry());
            }
            return bytes;
        }
    }

    @Override
    public Fingerprint fingerprint(Example example) throws IOException {
        return fingerprints.of(this, example);
    }

    @Override
    public void close() {}
}
