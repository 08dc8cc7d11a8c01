package io.caracal.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens labelled images wherever they are.
public final class ImageSets {

    /// An image file above this is skipped, and no more is ever read of one: a zip's directory may lie.
    public static final int MAX_IMAGE_BYTES = 64 << 20;

    private ImageSets() {}

    /// Opens a folder or a zip in one of two layouts, at any depth: a folder per class (`PetImages/Cat/1.jpg`), or
    /// files named by class (`train/cat.1.jpg`).
    ///
    /// @throws DataSetException if there is nothing to train on: what is missing or unclear, in one line
    public static ImageSet open(Path place) throws IOException {
        if (!Files.exists(place)) {
            throw new DataSetException("no such file or folder: " + place);
        }
        return Files.isDirectory(place) ? FolderImageSet.open(place) : ZipImageSet.open(place);
    }
}
