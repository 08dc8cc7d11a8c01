package io.caracal.datasets;

import java.io.IOException;
import java.util.OptionalInt;

/// Which images of a data set a model is made of: the same selection of the same data gives the same split again.
/// The images are cleaned first, then limited, then split.
///
/// @param limit how many are used at most; classes are then balanced
/// @param seed of limit and split
public record Selection(Cleaning cleaning, OptionalInt limit, Split.Mode mode, long seed) {

    /// All images that can be decoded, split at random.
    public static Selection all(long seed) {
        return new Selection(Cleaning.DECODE, OptionalInt.empty(), Split.Mode.RANDOM, seed);
    }

    /// The images that are used; closing the whole is enough.
    public ImageSet of(ImageSet whole) throws IOException {
        ImageSet clean = cleaning.of(whole);
        return limit.isPresent() ? Subset.of(clean, limit.getAsInt(), seed) : clean;
    }

    /// @param used what [#of] gave
    /// @throws DataSetException if there are too few images for three parts
    public Split split(ImageSet used) throws IOException {
        return Split.of(used, mode, seed);
    }
}
