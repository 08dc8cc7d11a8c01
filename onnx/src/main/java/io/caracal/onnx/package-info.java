/// Writes ONNX files: a graph of nodes, its weights, its metadata. Reads what a file computes ([Outline]), and makes
/// inner values visible ([Taps]). Nothing here runs a graph.
///
/// ```java
/// Graph graph = new Graph("brightness");
/// Edge pixels = graph.input("pixels", ElementType.UINT8, Graph.BATCH, 8, 8, 3);
/// Edge floats = graph.op("Cast", pixels).with("to", ElementType.FLOAT).edge();
/// Edge mean = graph.op("ReduceMean", floats, graph.longs("axes", 1, 2)).with("keepdims", 0).edge();
/// graph.output("logits", mean, ElementType.FLOAT, Graph.BATCH, 3);
/// byte[] file = graph.toBytes(Map.of("author", "me"));
/// ```
package io.caracal.onnx;
