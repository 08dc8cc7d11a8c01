package io.caracal.trainer.data;

import io.caracal.imaging.CropResizer;
import io.caracal.imaging.ImageDecoder;
import io.caracal.imaging.Limits;
import io.caracal.imaging.Preprocessing;
import io.caracal.trainer.augment.Canvas;
import java.nio.ByteBuffer;

/// What one loading thread works with. Owns native buffers; serves one thread at a time.
///
/// @param scratch room for one decoded image
/// @param canvas for what is done to a crop
record Workbench(ImageDecoder decoder, CropResizer resizer, ByteBuffer scratch, Canvas canvas)
        implements AutoCloseable {

    static Workbench of(Limits limits, Preprocessing preprocessing) {
        return new Workbench(
                new ImageDecoder(limits, preprocessing),
                new CropResizer(
                        preprocessing.geometry().width(),
                        preprocessing.geometry().height()),
                ByteBuffer.allocateDirect(preprocessing.pixelBytes()),
                new Canvas(
                        preprocessing.geometry().width(),
                        preprocessing.geometry().height()));
    }

    @Override
    public void close() {
        decoder.close();
        resizer.close();
    }
}
