package io.caracal.ingest;

import io.caracal.contracts.RecordLimits;
import io.caracal.contracts.Topics;
import io.caracal.imaging.Limits;
import io.caracal.ingest.admit.AdmitSettings;
import io.caracal.ingest.publish.PublishSettings;
import io.caracal.ingest.source.FolderSettings;
import io.caracal.ingest.source.SourceSettings;
import io.caracal.service.TopicsConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/// Turns what is configured into the immutable value of each feature.
///
/// @throws IllegalArgumentException from each method if a value is not allowed: which setting, what was given, what is
///     allowed
final class Settings {
    private static final String PREFIX = "caracal.ingest.";

    @Produces
    @Singleton
    Topics topics(TopicsConfig config) {
        return TopicsConfig.topics(config);
    }

    @Produces
    @Singleton
    AdmitSettings admit(IngestConfig config) {
        long maxBytes = config.admit().maxBytes().asLongValue();
        within("admit.max-bytes", maxBytes, 1, RecordLimits.IMAGE);
        within("admit.max-pixels", config.admit().maxPixels(), 1, Integer.MAX_VALUE);
        within("admit.remembered-ids", config.admit().rememberedIds(), 0, 100_000_000);
        return new AdmitSettings(
                new Limits((int) maxBytes, config.admit().maxPixels()),
                config.admit().rememberedIds());
    }

    @Produces
    @Singleton
    PublishSettings publish(IngestConfig config) {
        var publish = config.publish();
        within("publish.timeout", publish.timeout().toMillis(), 100, 120_000);
        within("publish.patience", publish.patience().toMillis(), 0, 60_000);
        within("publish.in-flight", publish.inFlight().asLongValue(), RecordLimits.IMAGE, Integer.MAX_VALUE);
        return new PublishSettings(publish.timeout(), (int) publish.inFlight().asLongValue(), publish.patience());
    }

    @Produces
    @Singleton
    SourceSettings sources(IngestConfig config) {
        return new SourceSettings(config.sources().orElse(List.of()));
    }

    @Produces
    @Singleton
    FolderSettings folder(IngestConfig config) {
        var folder = config.folder();
        within("folder.interval", folder.interval().toMillis(), 10, 3_600_000);
        return new FolderSettings(
                folder.path(),
                folder.interval(),
                FolderSettings.After.of(PREFIX + "folder.after", folder.after()),
                folder.source());
    }

    private static void within(String setting, long value, long minimum, long maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(
                    PREFIX + setting + " is " + value + ", allowed is " + minimum + " to " + maximum);
        }
    }
}
