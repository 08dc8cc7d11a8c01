package io.caracal.datasets;

import java.io.IOException;
import java.util.List;

/// Labelled images in one place: a folder or a zip. Safe for concurrent reads.
public interface ImageSet extends AutoCloseable {

    /// All labelled images, ordered by entry.
    List<Example> examples();

    /// The class names in index order: sorted, so cat is 0 and dog is 1.
    List<String> labels();

    /// What lies in the same place and is not used, each with a reason: empty files, `Thumbs.db`.
    List<Skipped> skipped();

    /// The encoded bytes of one image.
    byte[] read(Example example) throws IOException;

    @Override
    void close() throws IOException;

    /// @param reason one line for a person
    record Skipped(String entry, String reason) {}
}
