package io.caracal.datasets;

import java.io.IOException;
import java.util.List;

/// Labelled images in one place, such as a folder or a zip. Safe for concurrent reads.
public interface ImageSet extends AutoCloseable {

    /// All labelled images, ordered by entry.
    List<Example> examples();

    /// The class names in index order: sorted, so cat is 0 and dog is 1.
    List<String> labels();

    /// What lies in the same place and is not used, each with a reason: empty files, `Thumbs.db`.
    List<Skipped> skipped();

    /// The images that whoever made the data set keeps for validation and tests.
    Reserved reserved();

    /// The encoded bytes of one image: the file as it is or, where the data set stores bare pixels, a lossless file of
    /// them.
    ///
    /// @throws IOException if they cannot be read, or are not the ones that the zip's directory announces
    byte[] read(Example example) throws IOException;

    /// Size and CRC-32 of one image. A zip answers from its directory; a folder reads the file once and remembers.
    Fingerprint fingerprint(Example example) throws IOException;

    /// SHA-256 over labels, entries and fingerprints, lower-case hex: the same for a zip, for the folder it unpacks to
    /// and for any folder between its root and its classes.
    default String sha256() throws IOException {
        return ContentHash.of(this);
    }

    @Override
    void close() throws IOException;

    /// @param reason one line for a person
    record Skipped(String entry, String reason) {}
}
