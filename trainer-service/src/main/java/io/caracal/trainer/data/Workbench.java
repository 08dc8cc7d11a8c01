package io.caracal.trainer.data;

import io.caracal.imaging.CropResizer;
import io.caracal.imaging.Geometry;
import io.caracal.imaging.Preprocessing;
import io.caracal.trainer.augment.Canvas;
import java.util.HashMap;
import java.util.Map;

/// What one loading thread works with. Owns native buffers; serves one thread at a time.
final class Workbench implements AutoCloseable {
    private final Map<Preprocessing, Decoding> decodings = new HashMap<>();
    private final CropResizer resizer;
    private final Canvas canvas;

    /// @param served what a model gets
    Workbench(Geometry served) {
        canvas = new Canvas(served.width(), served.height());
        resizer = new CropResizer(served.width(), served.height());
    }

    /// For images of this size; made when it is first asked for.
    Decoding decoding(Preprocessing preprocessing) {
        return decodings.computeIfAbsent(preprocessing, Decoding::of);
    }

    /// Makes crops what a model gets.
    CropResizer resizer() {
        return resizer;
    }

    /// For what is done to a crop.
    Canvas canvas() {
        return canvas;
    }

    @Override
    public void close() {
        decodings.values().forEach(Decoding::close);
        resizer.close();
    }
}
