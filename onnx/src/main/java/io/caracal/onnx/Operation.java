package io.caracal.onnx;

import java.util.List;
import java.util.Map;

/// A node of a file that was read.
///
/// @param domain empty for a standard operator
/// @param inputs names of edges, "" for one that is left out
/// @param numbers attributes that are whole numbers
/// @param reals attributes that are floats
public record Operation(
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, Long> numbers,
        Map<String, Float> reals) {

    public Operation {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        numbers = Map.copyOf(numbers);
        reals = Map.copyOf(reals);
    }
}
