package io.caracal.datasets;

import java.util.List;

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
    public final Reserved reserved() {
        return layout.reserved();
    }

    @Override
    public final List<Skipped> skipped() {
        return layout.skipped();
    }
}
