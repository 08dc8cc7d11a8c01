package io.caracal.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The names of the topics, `CARACAL_TOPICS_*`: the same settings for every service.
@ConfigMapping(prefix = "caracal.topics")
public interface TopicsConfig {
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
