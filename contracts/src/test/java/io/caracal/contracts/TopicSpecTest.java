package io.caracal.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicSpecTest {

    @Test
    void outcomesHaveAsManyPartitionsAsImages() {
        // When
        var specs = TopicSpec.all(Topics.DEFAULTS);

        // Then the same key leads to the same partition of each
        assertThat(specs.subList(0, 3))
                .extracting(TopicSpec::name)
                .containsExactly("images", "predictions", "images-rejected");
        assertThat(specs.subList(0, 3)).extracting(TopicSpec::partitions).containsOnly(6);
    }

    @Test
    void eachLimitHoldsWhatTheOneBeforeItLetsThrough() {
        assertThat(RecordLimits.IMAGE_RECORD).isGreaterThan(RecordLimits.IMAGE);
        assertThat(RecordLimits.REJECTED_RECORD).isGreaterThan(RecordLimits.IMAGE_RECORD);
    }

    @Test
    void usesTheNamesOfTheDeployment() {
        // Given
        var topics = new Topics("a", "b", "c", "d", "e", "f");

        // When, Then
        assertThat(TopicSpec.all(topics)).extracting(TopicSpec::name).containsExactly("a", "b", "c", "d", "e", "f");
    }
}
