package io.caracal.trainer.pretrained;

import java.util.List;

/// Which row of a file's last layer is which class: the order of labels is that of another data set.
///
/// @param before labels that the file was trained for; as now if it does not tell
/// @param now labels that it is to be trained for
record HeadRows(List<String> before, List<String> now) {

    boolean same() {
        return before.equals(now);
    }

    /// Labels that were there before.
    int kept() {
        return (int) now.stream().filter(before::contains).count();
    }

    /// @param source `[classes before, ...]`
    /// @param shape `[classes now, ...]`
    Source moved(Source source, long... shape) {
        return source.changed(shape, values -> {
            int width = values.length / before.size();
            float[] moved = new float[width * now.size()];
            for (int row = 0; row < now.size(); row++) {
                int old = before.indexOf(now.get(row));
                if (old >= 0) {
                    System.arraycopy(values, old * width, moved, row * width, width);
                }
            }
            return moved;
        });
    }
}
