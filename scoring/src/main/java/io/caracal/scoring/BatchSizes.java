package io.caracal.scoring;

import io.caracal.contracts.ModelCard.Input;
import java.util.List;

/// The batch sizes that a session is given. A graph with a fixed batch knows one; CUDA stalls on each size it has not
/// seen, so it is given few; the CPU takes any.
///
/// @param allowed ascending; empty when any size is allowed
record BatchSizes(List<Integer> allowed) {
    private static final List<Integer> CUDA = List.of(1, 4, 16, 64);

    static BatchSizes of(Input input, Device device) {
        if (input.batch() > 0) {
            return new BatchSizes(List.of(input.batch()));
        }
        return new BatchSizes(device == Device.CUDA ? CUDA : List.of());
    }

    /// The size of the next run when `remaining` images are left: the smallest that holds them all, else the largest.
    int next(int remaining) {
        for (int size : allowed) {
            if (size >= remaining) {
                return size;
            }
        }
        return allowed.isEmpty() ? remaining : allowed.getLast();
    }

    /// What is run once before the first real image, so that none waits for a first time.
    List<Integer> toWarm() {
        return allowed.isEmpty() ? List.of(1) : allowed;
    }
}
