package io.caracal.trainer.pretrain;

import io.caracal.trainer.models.Masking;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Which patches of an image are asked for, and what stands in the place of each patch (spec 2.10).
///
/// @param chosen patches that are asked for, in ascending order
/// @param sources of each patch: the patch that stands in its place, itself mostly, or [#MASK]
record HiddenPatches(int[] chosen, int[] sources) {
    static final int MASK = -1;

    /// @param patches of the image, 2 or more
    static HiddenPatches draw(int patches, Masking masking, SplittableRandom random) {
        int[] order = identity(patches);
        int[] sources = identity(patches);
        int[] chosen = new int[masking.chosen(patches)];
        for (int i = 0; i < chosen.length; i++) {
            int other = random.nextInt(i, patches);
            int patch = order[other];
            order[other] = order[i];
            chosen[i] = patch;
            double action = random.nextDouble();
            if (action < masking.token()) {
                sources[patch] = MASK;
            } else if (action < (double) masking.token() + masking.random()) {
                int another = random.nextInt(patches - 1);
                sources[patch] = another < patch ? another : another + 1;
            }
        }
        Arrays.sort(chosen);
        return new HiddenPatches(chosen, sources);
    }

    private static int[] identity(int n) {
        int[] identity = new int[n];
        Arrays.setAll(identity, i -> i);
        return identity;
    }
}
