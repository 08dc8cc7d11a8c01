package io.caracal.scoring;

import io.caracal.contracts.ModelCard;
import io.caracal.contracts.ModelCard.Input;
import io.caracal.contracts.ModelCard.Resize;
import io.caracal.imaging.Filter;
import io.caracal.imaging.Geometry;
import io.caracal.imaging.Preprocessing;

/// Says what a card says about resizing in the words of the decoder.
final class Decoding {
    private Decoding() {}

    static Preprocessing of(ModelCard card) {
        Input input = card.input();
        Resize resize = card.resize();
        Geometry geometry =
                switch (resize.rule()) {
                    case SQUASH -> new Geometry.Squash(input.width(), input.height());
                    case SHORT_SIDE_CROP ->
                        new Geometry.ShortSideCrop(resize.shortSide(), input.width(), input.height());
                };
        Filter filter =
                switch (resize.filter()) {
                    case ANTIALIAS -> Filter.ANTIALIAS;
                    case LINEAR -> Filter.LINEAR;
                };
        return new Preprocessing(geometry, filter, true, resize.applyExifOrientation());
    }
}
