package io.caracal.trainer.data;

import io.caracal.datasets.Split;

/// Images per split, those that turn out to be undecodable included.
public record SplitSizes(int train, int validation, int test) {

    public static SplitSizes of(Split split) {
        return new SplitSizes(
                split.train().size(), split.validation().size(), split.test().size());
    }
}
