package io.caracal.datasets;

/// One labelled image of a data set.
///
/// @param entry its path within the folder or zip, `/`-separated: stable across machines
public record Example(String entry, String label) {

    /// The folder part of the entry with its last `/`; empty at the root.
    String folder() {
        return entry.substring(0, entry.lastIndexOf('/') + 1);
    }
}
