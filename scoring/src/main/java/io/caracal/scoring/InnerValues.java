package io.caracal.scoring;

import java.util.Map;

/// What went on in a model while it scored a batch.
///
/// @param batch images that the graph was given, padding included
/// @param outputs by the output's name
public record InnerValues(Scores scores, int batch, Map<String, Values> outputs) {

    /// @param shape of a batch `[batch, ...]`, unless it is a weight
    /// @param values row-major
    public record Values(long[] shape, float[] values) {}

    public InnerValues {
        outputs = Map.copyOf(outputs);
    }

    public Values of(String output) {
        return outputs.get(output);
    }
}
