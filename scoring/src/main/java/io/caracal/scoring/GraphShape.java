package io.caracal.scoring;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The tensors that a graph takes and gives, by name and in the graph's order. A dimension left open is -1.
record GraphShape(Map<String, Port> inputs, Map<String, Port> outputs) {

    /// @param type null when it is not a tensor
    record Port(OnnxJavaType type, long[] shape) {}

    static GraphShape of(OrtSession session) throws OrtException {
        return new GraphShape(
                ports(session.getInputInfo().values()),
                ports(session.getOutputInfo().values()));
    }

    /// Without some of the outputs.
    GraphShape without(Set<String> names) {
        Map<String, Port> others = new LinkedHashMap<>(outputs);
        others.keySet().removeAll(names);
        return new GraphShape(inputs, others);
    }

    private static Map<String, Port> ports(Collection<NodeInfo> nodes) {
        Map<String, Port> ports = new LinkedHashMap<>();
        for (NodeInfo node : nodes) {
            ports.put(
                    node.getName(),
                    node.getInfo() instanceof TensorInfo tensor
                            ? new Port(tensor.type, tensor.getShape())
                            : new Port(null, new long[0]));
        }
        return ports;
    }

    /// The name if the card gives one, else the only one there is.
    ///
    /// @param named empty when the card gives none
    /// @param side `input` or `output`, for the message
    /// @throws ModelException if there is no such tensor, or none is named and there are several
    static String resolve(String side, String named, Map<String, Port> ports) {
        if (named.isEmpty()) {
            if (ports.size() != 1) {
                throw new ModelException("the card names no " + side + " and the graph has " + ports.keySet());
            }
            return ports.keySet().iterator().next();
        }
        if (!ports.containsKey(named)) {
            throw new ModelException("the card's " + side + " is '" + named + "', the graph has " + ports.keySet());
        }
        return named;
    }
}
