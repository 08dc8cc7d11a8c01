package io.caracal.trainer.models;

import java.util.Arrays;

/// What the exported file has beside probabilities and logits.
///
/// @param patchTokens whether there is an output `patch_tokens`, `[N, D, g, g]`: the tokens of the patches after the
///     last norm, where that is not behind a mean
public record Export(boolean patchTokens) {

    /// Nothing else.
    public static final Export PLAIN = new Export(false);

    /// A protobuf message, which an ONNX file is, ends below 2 GiB; see docs/decisions/0005.
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    /// @throws IllegalArgumentException if the architecture cannot be exported, or not with this: in one line
    public void check(Architecture architecture) {
        var layers = architecture.layers(2);
        long bytes = layers.weights().values().stream()
                .mapToLong(weight -> Float.BYTES * Arrays.stream(weight.shape()).reduce(1, (a, b) -> a * b))
                .sum();
        Allowed.that(
                bytes <= MOST_BYTES,
                "preset",
                architecture.name(),
                "one whose weights take less than 2048 MiB, the most that an ONNX file holds: these take "
                        + (bytes >> 20) + " MiB");
        Allowed.that(
                !patchTokens || layers instanceof PatchTokens,
                "export.patchTokens",
                true,
                "false with " + architecture.name() + ": it does not end in patches");
    }
}
