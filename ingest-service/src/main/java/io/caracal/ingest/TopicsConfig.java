package io.caracal.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The names of the topics of one deployment, the same variables `CARACAL_TOPICS_...` for every service.
@ConfigMapping(prefix = "caracal.topics")
interface TopicsConfig {
    @WithDefault("images")
    String images();

    @WithDefault("predictions")
    String predictions();

    @WithDefault("images-rejected")
    String rejected();

    @WithDefault("models")
    String models();

    @WithDefault("training-runs")
    String trainingRuns();

    @WithDefault("feedback")
    String feedback();
}
