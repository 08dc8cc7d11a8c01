package io.caracal.onnx;

/// A value that flows between nodes: a graph input, a weight or a node's output.
///
/// @param name unique within its graph
public record Edge(String name) {

    /// Stands for an optional input that is left out.
    public static final Edge NONE = new Edge("");
}
