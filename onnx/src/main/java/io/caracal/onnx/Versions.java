package io.caracal.onnx;

/// What a reader of the file must support at least.
///
/// @param ir version of the file format
/// @param opset version of the standard operators
public record Versions(int ir, int opset) {

    /// LayerNormalization and Gelu are operators of their own; read by ONNX Runtime 1.17 and later.
    public static final Versions OPSET_20 = new Versions(9, 20);

    /// Adds the Attention operator; read by ONNX Runtime 1.22 and later.
    public static final Versions OPSET_23 = new Versions(11, 23);
}
