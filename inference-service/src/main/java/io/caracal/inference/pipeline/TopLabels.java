package io.caracal.inference.pipeline;

import io.caracal.contracts.Prediction.ScoredLabel;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The most probable labels of an image.
final class TopLabels {
    private TopLabels() {}

    /// Best first; of two with the same score the one with the lower index. Ordered by logits, because probabilities
    /// that round to the same float may come from different ones.
    static List<ScoredLabel> of(List<String> labels, float[] logits, float[] probabilities, int k) {
        return IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer c) -> -logits[c]))
                .limit(k)
                .map(c -> new ScoredLabel(labels.get(c), probabilities[c]))
                .toList();
    }
}
