package io.caracal.inference;

import io.caracal.inference.stream.Delivery;
import io.caracal.inference.stream.StartAt;
import io.caracal.scoring.Device;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What a deployment can set, as the environment variables `CARACAL_INFERENCE_*`. The records that [Settings] makes
/// of it say what each means.
@ConfigMapping(prefix = "caracal.inference")
public interface InferenceConfig {
    @WithDefault("caracal-inference")
    String groupId();

    /// The host's name and the HTTP port when not given.
    Optional<String> instanceId();

    @WithDefault("exactly-once")
    Delivery delivery();

    @WithDefault("earliest")
    StartAt startAt();

    @WithDefault("10S")
    Duration transactionTimeout();

    @WithDefault("10S")
    Duration sessionTimeout();

    @WithDefault("5S")
    Duration drainTimeout();

    /// As many as there are processors when not given.
    OptionalInt threads();

    @WithDefault("5")
    int topK();

    @WithDefault("auto")
    Device device();

    @WithDefault("1")
    int intraOpThreads();

    Batch batch();

    InFlight inFlight();

    Limits limits();

    /// How many images are committed together, and how many go through the model together.
    interface Batch {
        @WithDefault("64")
        int maxImages();

        @WithDefault("0S")
        Duration maxWait();

        @WithDefault("4")
        int scoreImages();
    }

    /// What may be polled and not yet committed.
    interface InFlight {
        @WithDefault("2")
        int maxBatches();

        @WithDefault("67108864")
        long maxBytes();
    }

    /// What an image may cost.
    interface Limits {
        @WithDefault("10485760")
        int maxBytes();

        @WithDefault("50000000")
        long maxPixels();
    }
}
