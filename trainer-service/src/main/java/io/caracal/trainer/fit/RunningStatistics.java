package io.caracal.trainer.fit;

import ai.djl.ndarray.NDManager;
import io.caracal.trainer.models.Network;
import io.caracal.trainer.nn.BatchNorm;
import io.caracal.trainer.tensor.Gradients;
import io.caracal.trainer.tensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Takes the running statistics of batch normalisation anew from images as they are served, with the weights fixed.
/// Training leaves those of augmented images, which are enlarged parts: smoother than whole images. A network that
/// normalises whole images by them is off by as much as a third of its accuracy, differently after each epoch (Touvron
/// et al. 2019, "Fixing the train-test resolution discrepancy").
///
/// They become the mean of the batches' own statistics, not a moving average of them (Wu and Johnson 2021,
/// "Rethinking Batch in BatchNorm", section 3): nothing of the statistics before is left, and 20 batches count as much
/// as the moving average's whole past, which is worth (2 - momentum) / momentum = 19 of them.
///
/// Costs 20 forward passes, or one over all images if that is less. Training itself never reads running statistics, so
/// it goes the same way whether this is done after each epoch or not at all. Frozen statistics are read, and stay.
final class RunningStatistics {
    static final int BATCHES = 20;

    private final Network network;
    private final List<Sum> sums = new ArrayList<>();
    private long images;

    private record Sum(Weight statistic, float[] before, double[] total) {}

    private RunningStatistics(Network network) {
        this.network = network;
        network.weights().values().stream()
                .filter(weight -> weight.isStatistic() && !weight.frozen())
                .forEach(statistic -> sums.add(new Sum(statistic, statistic.values(), new double[statistic.size()])));
    }

    /// @param images training images without augmentation, in random order
    /// @return false if cancelled; the statistics are then as they were
    static boolean adapt(Network network, BatchSource images, BooleanSupplier cancelled) throws InterruptedException {
        RunningStatistics statistics = new RunningStatistics(network);
        if (statistics.sums.isEmpty()) {
            return true;
        }
        try (Batches batches = images.epoch(0)) {
            for (int done = 0; done < BATCHES; done++) {
                if (cancelled.getAsBoolean()) {
                    statistics.putBack();
                    return false;
                }
                Optional<Batch> next = batches.next();
                if (next.isEmpty()) {
                    break;
                }
                try (Batch batch = next.get()) {
                    statistics.add(batch);
                }
            }
        }
        statistics.keep();
        return true;
    }

    /// Starting from zero, what a pass leaves is the momentum's share of the batch's own statistics.
    private void add(Batch batch) {
        sums.forEach(sum -> sum.statistic().set(new float[sum.total().length]));
        try (Gradients _ = Gradients.off();
                NDManager scope = network.compute().newScope()) {
            // Reading the result makes the engine finish before the batch's buffer is given back.
            network.forward(scope, batch.input(), true).array().toFloatArray();
        }
        for (Sum sum : sums) {
            float[] share = sum.statistic().values();
            for (int i = 0; i < share.length; i++) {
                sum.total()[i] += share[i] / BatchNorm.MOMENTUM * batch.size();
            }
        }
        images += batch.size();
    }

    private void putBack() {
        sums.forEach(sum -> sum.statistic().set(sum.before()));
    }

    private void keep() {
        for (Sum sum : sums) {
            float[] mean = new float[sum.total().length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (sum.total()[i] / images);
            }
            sum.statistic().set(mean);
        }
    }
}
