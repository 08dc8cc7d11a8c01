package io.caracal.trainer.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/// Numbers that nothing trains, each copied to the device once, when it is first needed, and kept: a copy in each pass
/// would make a CUDA device wait for it. For one thread at a time.
///
/// What is kept is known by the object that it came from, a [Constant] or an index, so a layer must hold on to that
/// instead of making it anew in each pass. An operation gives its result to the memory of its first operand, which must
/// therefore not be one of these.
public final class Constants {
    private final NDManager memory;
    private final IdentityHashMap<Object, NDArray> tables = new IdentityHashMap<>();
    private final IdentityHashMap<Constant, NDArray> behindZeros = new IdentityHashMap<>();
    private final Map<Float, NDArray> numbers = new HashMap<>();
    private final IdentityHashMap<Normalization, PerChannel> normalizations = new IdentityHashMap<>();

    /// Both `[1, 3, 1, 1]`.
    record PerChannel(NDArray scales, NDArray shifts) {}

    /// @param memory owns what is kept
    public Constants(NDManager memory) {
        this.memory = memory;
    }

    /// A scalar.
    public NDArray number(float value) {
        return numbers.computeIfAbsent(value, memory::create);
    }

    NDArray table(Constant constant) {
        return tables.computeIfAbsent(constant, _ -> array(constant));
    }

    /// See [Constant#behindZeros].
    NDArray behindZeros(Constant constant) {
        return behindZeros.computeIfAbsent(constant, _ -> array(constant.behindZeros()));
    }

    NDArray index(int[] rows) {
        return tables.computeIfAbsent(rows, _ -> memory.create(rows));
    }

    PerChannel perChannel(Normalization normalization) {
        return normalizations.computeIfAbsent(
                normalization,
                _ -> new PerChannel(perChannel(normalization.scales()), perChannel(normalization.shifts())));
    }

    private NDArray array(Constant constant) {
        return memory.create(constant.values(), new Shape(constant.shape()));
    }

    private NDArray perChannel(float[] values) {
        return memory.create(values, new Shape(1, values.length, 1, 1));
    }
}
