package io.caracal.trainer.report;

import io.caracal.trainer.describe.Description;
import io.caracal.trainer.models.Architecture;

/// What a model costs for one image, as `describe` counts it.
///
/// @param parameters numbers that training changes
/// @param macs multiply-accumulates
/// @param weightBytes memory of all weights
/// @param activationBytes memory of the results of all operations together
public record ModelCost(long parameters, long macs, long weightBytes, long activationBytes) {

    public static ModelCost of(Architecture architecture, int classes) {
        Description description = Description.of(architecture, classes);
        return new ModelCost(
                description.parameters(), description.macs(), description.weightBytes(), description.activationBytes());
    }
}
