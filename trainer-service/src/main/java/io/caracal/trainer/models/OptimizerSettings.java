package io.caracal.trainer.models;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How gradients move weights. Settings that the rule does not have must be left alone: the momentum is SGD's, betas
/// and epsilon are Adam's.
///
/// @param momentum share of the last move in the next one, [0, 1)
/// @param nesterov whether the move looks ahead by the momentum
/// @param beta1 share of the past in the mean of the gradient
/// @param beta2 share of the past in the mean of its square
/// @param weightDecay per step and learning rate; spared are norms, biases, positions and tokens
/// @param clipNorm the length that the gradient of all weights together may have; 0 for any
/// @param accumulate batches whose mean gradient makes one step
/// @param emaDecay share of the past in the moving average of the weights, which is then what is validated and
///     exported; 0 for none
public record OptimizerSettings(
        Rule rule,
        float momentum,
        boolean nesterov,
        float beta1,
        float beta2,
        float epsilon,
        float weightDecay,
        float clipNorm,
        int accumulate,
        float emaDecay) {

    public enum Rule {
        /// Stochastic gradient descent; with weight decay as part of the gradient.
        @JsonProperty("sgd")
        SGD,
        /// Kingma and Ba 2015; with weight decay as part of the gradient.
        @JsonProperty("adam")
        ADAM,
        /// Loshchilov and Hutter 2019: weight decay beside the gradient.
        @JsonProperty("adamw")
        ADAMW
    }

    private static final float MOMENTUM = 0.9f;
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    /// Adam with PyTorch's defaults: no decay, no clipping, a step per batch.
    public static final OptimizerSettings DEFAULTS =
            new OptimizerSettings(Rule.ADAM, MOMENTUM, false, BETA1, BETA2, EPSILON, 0, 0, 1, 0);

    public OptimizerSettings {
        Allowed.share("optimizer.momentum", momentum);
        Allowed.share("optimizer.beta1", beta1);
        Allowed.share("optimizer.beta2", beta2);
        Allowed.that(epsilon > 0 && epsilon < 1, "optimizer.epsilon", epsilon, "more than 0, less than 1");
        Allowed.that(weightDecay >= 0 && weightDecay <= 1, "optimizer.weightDecay", weightDecay, "0 to 1");
        Allowed.that(
                clipNorm >= 0 && Float.isFinite(clipNorm),
                "optimizer.clipNorm",
                clipNorm,
                "0 for none, or more than 0");
        Allowed.that(accumulate >= 1 && accumulate <= 4_096, "optimizer.accumulate", accumulate, "1 to 4096");
        Allowed.share("optimizer.emaDecay", emaDecay);
        boolean sgd = rule == Rule.SGD;
        Allowed.that(
                sgd || momentum == MOMENTUM, "optimizer.momentum", momentum, MOMENTUM + ", unless the rule is sgd");
        Allowed.that(!sgd || beta1 == BETA1, "optimizer.beta1", beta1, BETA1 + ": the rule sgd has none");
        Allowed.that(!sgd || beta2 == BETA2, "optimizer.beta2", beta2, BETA2 + ": the rule sgd has none");
        Allowed.that(!sgd || epsilon == EPSILON, "optimizer.epsilon", epsilon, EPSILON + ": the rule sgd has none");
        Allowed.that(
                !nesterov || (sgd && momentum > 0),
                "optimizer.nesterov",
                nesterov,
                "false, unless the rule is sgd with a momentum of more than 0");
    }
}
