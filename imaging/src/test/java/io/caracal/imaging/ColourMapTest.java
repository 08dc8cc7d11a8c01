package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColourMapTest {

    /// The ends and the middle of matplotlib's table.
    @Test
    void infernoIsMatplotlibs() {
        // When
        ColourMap map = ColourMap.inferno();

        // Then
        assertThat(map.rgb(0)).isEqualTo(0x000004).isEqualTo(map.rgb(-1));
        assertThat(map.rgb(128 / 255.0)).isEqualTo(0xbc3754);
        assertThat(map.rgb(1)).isEqualTo(0xfcffa4).isEqualTo(map.rgb(7));
    }
}
