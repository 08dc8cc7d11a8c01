package io.caracal.trainer.models;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The learning rate's way through a run, as factors of the recipe's rate. Settings that the shape does
/// not have must be left alone: the floor is the cosine's, the last two are the steps'.
///
/// @param warmUpEpochs in which the rate rises from nearly 0 in a line; parts of epochs are allowed
/// @param floor factor at the end of the cosine
/// @param stepEpochs after which the rate is multiplied by `stepFactor`, again and again
public record Schedule(Shape shape, float warmUpEpochs, float floor, int stepEpochs, float stepFactor) {

    public enum Shape {
        @JsonProperty("constant")
        CONSTANT,
        /// Half a cosine from the end of the warm-up to the floor at the last step (Loshchilov and Hutter 2017, "SGDR",
        /// without restarts; steps are counted as in Google's ViT, spec 4.7).
        @JsonProperty("cosine")
        COSINE,
        @JsonProperty("step")
        STEP
    }

    private static final int STEP_EPOCHS = 30;
    private static final float STEP_FACTOR = 0.1f;

    public static final Schedule CONSTANT = new Schedule(Shape.CONSTANT, 0, 0, STEP_EPOCHS, STEP_FACTOR);

    public Schedule {
        Allowed.that(warmUpEpochs >= 0 && warmUpEpochs <= 10_000, "schedule.warmUpEpochs", warmUpEpochs, "0 to 10000");
        Allowed.that(floor >= 0 && floor <= 1, "schedule.floor", floor, "0 to 1");
        Allowed.that(stepEpochs >= 1, "schedule.stepEpochs", stepEpochs, "1 or more");
        Allowed.that(stepFactor > 0 && stepFactor <= 1, "schedule.stepFactor", stepFactor, "more than 0, at most 1");
        Allowed.that(shape == Shape.COSINE || floor == 0, "schedule.floor", floor, "0, unless the shape is cosine");
        boolean step = shape == Shape.STEP;
        Allowed.that(
                step || stepEpochs == STEP_EPOCHS,
                "schedule.stepEpochs",
                stepEpochs,
                STEP_EPOCHS + ", unless the shape is step");
        Allowed.that(
                step || stepFactor == STEP_FACTOR,
                "schedule.stepFactor",
                stepFactor,
                STEP_FACTOR + ", unless the shape is step");
    }

    /// Of one step.
    ///
    /// @param step from 0, over the whole run
    /// @param perEpoch steps of an epoch
    /// @param epochs of the run
    /// @return what the recipe's learning rate is multiplied by
    public double factor(long step, int perEpoch, int epochs) {
        long warmUp = Math.round((double) warmUpEpochs * perEpoch);
        if (step < warmUp) {
            return (step + 1.0) / warmUp;
        }
        return switch (shape) {
            case CONSTANT -> 1;
            case COSINE -> {
                long rest = (long) perEpoch * epochs - warmUp;
                yield floor + (1 - floor) * (1 + Math.cos(Math.PI * (step + 1 - warmUp) / rest)) / 2;
            }
            case STEP -> {
                long drops = step / perEpoch / stepEpochs;
                yield Math.pow(stepFactor, (double) drops);
            }
        };
    }
}
