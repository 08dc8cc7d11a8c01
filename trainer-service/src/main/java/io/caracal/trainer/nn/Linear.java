package io.caracal.trainer.nn;

import io.caracal.trainer.tensor.Initial;
import io.caracal.trainer.tensor.Tensor;
import io.caracal.trainer.tensor.Weight;
import java.util.Optional;

/// `[N, ..., I] -> [N, ..., O]`.
public final class Linear extends Layer {
    private final Weight weight;
    private final Optional<Weight> bias;

    public Linear(int in, int out) {
        this(in, out, true);
    }

    public Linear(int in, int out, boolean biased) {
        this(in, out, biased, Initial.fanIn(in), Initial.fanIn(in));
    }

    public Linear(int in, int out, boolean biased, Initial weights, Initial biases) {
        weight = parameter("weight", weights, out, in);
        bias = biased ? Optional.of(parameter("bias", biases, out)) : Optional.empty();
    }

    @Override
    public Tensor forward(Tensor x) {
        return bias.isPresent() ? x.linear(weight, bias.get()) : x.linear(weight);
    }
}
