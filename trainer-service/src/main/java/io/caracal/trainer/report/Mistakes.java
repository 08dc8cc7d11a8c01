package io.caracal.trainer.report;

import io.caracal.datasets.Example;
import io.caracal.datasets.ImageSet;
import io.caracal.trainer.release.ScoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Finds the worst mistakes: of the images that got a wrong label, those of whose label the model was surest.
public final class Mistakes {
    /// That a report shows.
    public static final int SHOWN = 24;

    private Mistakes() {}

    /// The [#SHOWN] worst ones at most, the worst first; equally bad ones in the order of the images.
    ///
    /// @param images those that were scored, in that order
    /// @param classes label of each index
    /// @throws IOException if one of them cannot be read any more
    public static List<Mistake> worst(
            ImageSet set, List<Example> images, List<String> classes, List<ScoredImage> scored) throws IOException {
        if (images.size() != scored.size()) {
            throw new IllegalArgumentException(images.size() + " images are given, " + scored.size() + " were scored");
        }
        List<Integer> worst = IntStream.range(0, scored.size())
                .filter(i -> !scored.get(i).right())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scored.get(i).probability()))
                .limit(SHOWN)
                .toList();
        var thumbnails = new Thumbnails();
        List<Mistake> mistakes = new ArrayList<>();
        for (int i : worst) {
            Example image = images.get(i);
            ScoredImage score = scored.get(i);
            mistakes.add(new Mistake(
                    image.entry(),
                    classes.get(score.label()),
                    classes.get(score.predicted()),
                    score.probability(),
                    score.labelProbability(),
                    thumbnails.of(set.read(image))));
        }
        return mistakes;
    }
}
