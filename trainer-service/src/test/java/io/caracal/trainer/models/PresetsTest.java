package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PresetsTest {

    @Test
    void findsTheArchitecturesByName() {
        // Given
        Presets presets = new Presets();

        // When
        Architecture found = presets.named("seed-vit");

        // Then
        assertThat(presets.names()).contains("seed-cnn", "seed-vit").isSorted();
        assertThat(found).isInstanceOf(SeedVit.class);
    }

    @Test
    void bringsThePublishedRecipes() {
        // Given
        Presets presets = new Presets();

        // When
        Recipe cnn = presets.named("seed-cnn").recipe();
        Recipe vit = presets.named("seed-vit").recipe();

        // Then: spec 2.1 and 2.2
        assertThat(cnn).isEqualTo(new Recipe("seed-cnn", 10, 100, 1e-3f, 0));
        assertThat(vit).isEqualTo(new Recipe("seed-vit", 20, 64, 3e-5f, 0));
    }

    @Test
    void namesThoseThereAreWhenThereIsNone() {
        // Given
        Presets presets = new Presets();

        // When
        var named = assertThatThrownBy(() -> presets.named("resnet-9000"));

        // Then
        named.isInstanceOf(IllegalArgumentException.class)
                .hasMessage("preset is resnet-9000 (did you mean resnet-50?), allowed is one of "
                        + String.join(", ", presets.names()));
    }
}
