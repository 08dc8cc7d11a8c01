package io.caracal.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Opens images, mostly labelled ones, wherever they are.
public final class ImageSets {

    /// An image file above this is skipped, and no more is ever read of one: a zip's directory may lie.
    public static final int MAX_IMAGE_BYTES = 64 << 20;

    /// The layouts, for messages.
    static final String ACCEPTED = "accepted are a folder or zip with a folder per class or with files named"
            + " label.N.jpg, a .csv file of path,label, and a folder with CIFAR-10's binary files";

    private ImageSets() {}

    /// Opens labelled images in one of these layouts:
    ///
    /// - a folder or zip with a folder per class, at any depth (`PetImages/Cat/1.jpg`)
    /// - a folder or zip with files named by class, at any depth (`train/cat.1.jpg`)
    /// - a CSV file of paths, relative to it, and labels ([CsvLayout])
    /// - a folder with CIFAR-10's binary version ([Cifar10ImageSet])
    ///
    /// @throws DataSetException if there is nothing to train on: what is missing or unclear, in one line
    public static ImageSet open(Path place) throws IOException {
        return open(place, Layout::of);
    }

    /// Opens images that need no labels: those of a folder or zip, at any depth and under any name, with the empty
    /// label. Of a CSV file and of CIFAR-10, the same images as [#open].
    ///
    /// @throws DataSetException if there are no images, in one line
    public static ImageSet unlabelled(Path place) throws IOException {
        return open(place, Layout::unlabelled);
    }

    private static ImageSet open(Path place, Layout.Labelling labelling) throws IOException {
        if (!Files.exists(place)) {
            throw new DataSetException("no such file or folder: " + place);
        }
        if (Files.isDirectory(place)) {
            Optional<Path> cifar10 = Cifar10ImageSet.folder(place);
            return cifar10.isPresent() ? Cifar10ImageSet.open(cifar10.get()) : FolderImageSet.open(place, labelling);
        }
        return isCsv(place) ? FolderImageSet.listed(place) : ZipImageSet.open(place, labelling);
    }

    private static boolean isCsv(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }
}
