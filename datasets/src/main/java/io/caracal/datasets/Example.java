package io.caracal.datasets;

/// One labelled image of a data set.
///
/// @param entry its path within the folder or zip, `/`-separated: stable across machines
public record Example(String entry, String label) {}
