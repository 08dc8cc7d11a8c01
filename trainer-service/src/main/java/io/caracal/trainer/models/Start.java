package io.caracal.trainer.models;

/// Where the weights of a run come from.
///
/// @param weights path of a file with weights to start from: safetensors, .npz or .onnx; empty for fresh ones
/// @param positions how learned positions are carried over to another size of images
public record Start(String weights, Interpolation positions) {

    /// Fresh weights.
    public static final Start FRESH = new Start("", Interpolation.BICUBIC_ANTIALIAS);

    public Start {
        Allowed.that(
                !weights.isBlank() || positions == Interpolation.BICUBIC_ANTIALIAS,
                "start.positions",
                positions.label(),
                "bicubic-antialias where there is no start.weights");
    }

    public boolean fromScratch() {
        return weights.isBlank();
    }
}
