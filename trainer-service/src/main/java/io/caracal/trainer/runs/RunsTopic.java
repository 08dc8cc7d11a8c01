package io.caracal.trainer.runs;

import io.caracal.contracts.Json;
import io.caracal.contracts.TrainingEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;

/// Runs as the world sees them: the latest event of each on `training-runs`, at most one a second while it trains.
@ApplicationScoped
public class RunsTopic implements RunObserver {
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    private final LatestPerRun latest;

    RunsTopic(@Channel("training-runs") MutinyEmitter<Record<String, byte[]>> topic) {
        this.latest = new LatestPerRun(
                event -> topic.send(Record.of(event.run(), Json.write(event))).subscribeAsCompletionStage(),
                PROGRESS_EVERY,
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    }

    @Override
    public void changed(TrainingEvent event) {
        latest.changed(event);
    }

    public void close() {
        latest.close();
    }
}
