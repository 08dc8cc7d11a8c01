package io.caracal.service;

import io.caracal.contracts.Topics;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The names of the topics of one deployment, `CARACAL_TOPICS_*`: the same variables for every service.
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

    static Topics topics(TopicsConfig config) {
        return new Topics(
                config.images(),
                config.predictions(),
                config.rejected(),
                config.models(),
                config.trainingRuns(),
                config.feedback());
    }
}
