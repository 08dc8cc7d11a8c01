package io.caracal.datasets;

import java.util.List;
import java.util.Set;

/// What is the same in all places: the [Layout] knows the labels.
abstract sealed class LaidOutImageSet implements ImageSet permits FolderImageSet, ZipImageSet, Cifar10ImageSet {
    private final Layout layout;

    LaidOutImageSet(Layout layout) {
        this.layout = layout;
    }

    @Override
    public final List<Example> examples() {
        return layout.examples();
    }

    @Override
    public final List<String> labels() {
        return layout.labels();
    }

    @Override
    public final Set<Example> heldOut() {
        return layout.heldOut();
    }

    @Override
    public final List<Skipped> skipped() {
        return layout.skipped();
    }
}
