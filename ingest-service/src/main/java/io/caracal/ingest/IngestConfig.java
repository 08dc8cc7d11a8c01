package io.caracal.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// All that a deployment can set under `caracal.ingest`, as environment variables `CARACAL_INGEST_...`. [Settings]
/// makes the checked values of it that the features work with.
@ConfigMapping(prefix = "caracal.ingest")
interface IngestConfig {
    Admit admit();

    Publish publish();

    Folder folder();

    /// The sources that run beside HTTP, by name.
    Optional<List<String>> sources();

    interface Admit {
        /// The largest encoded image.
        @WithDefault("10M")
        MemorySize maxBytes();

        /// Width times height, read from the header before anything is decoded.
        @WithDefault("50000000")
        long maxPixels();

        /// How many of the ids that senders chose are remembered, to recognise an image that is sent again.
        @WithDefault("100000")
        int rememberedIds();
    }

    interface Publish {
        /// How long Kafka may take to acknowledge an image before the sender is told to try again.
        @WithDefault("4S")
        Duration timeout();

        /// Bytes of images that are in memory at once, from the first byte read to Kafka's acknowledgement.
        @WithDefault("64M")
        MemorySize inFlight();

        /// How long an image may wait for room among those in flight before the sender is told to try again.
        @WithDefault("2S")
        Duration patience();
    }

    interface Folder {
        Optional<Path> path();

        /// How often the folder is looked at. A file is taken once it has not changed between two looks.
        @WithDefault("1S")
        Duration interval();

        /// What becomes of a file that was published.
        @WithDefault("move")
        String after();

        /// The source of files that lie in no subfolder.
        @WithDefault("folder")
        String source();
    }
}
