package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void hasADefaultForEveryOption() {
        // When
        Map<String, String> options = new Presets().named("vit-s-16").options().asText();

        // Then
        assertThat(options)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("image-size", "224"),
                        Map.entry("normalization", "half"),
                        Map.entry("depth", "0"),
                        Map.entry("attention", "full"),
                        Map.entry("window", "7"),
                        Map.entry("sparse-stride", "0"),
                        Map.entry("pad", "clip"),
                        Map.entry("sparse-c", "1"),
                        Map.entry("sparse-mode", "merged"),
                        Map.entry("positions", "learned-1d"),
                        Map.entry("pool", "cls"),
                        Map.entry("head", "linear"),
                        Map.entry("dropout", "0.0"),
                        Map.entry("attention-dropout", "0.0"),
                        Map.entry("drop-path", "0.0"),
                        Map.entry("gelu", "erf"),
                        Map.entry("ln-eps", "1.0E-6"),
                        Map.entry("init", "timm")));
    }

    @Test
    void aPresetTakesOptions() {
        // When
        Architecture chosen = new Presets()
                .named("vit-s-16", Map.of("attention", "sparse-fixed", "drop-path", "0.1", "image-size", "96"));

        // Then
        assertThat(chosen.imageSize()).isEqualTo(96);
        assertThat(chosen.options().asText())
                .containsEntry("attention", "sparse-fixed")
                .containsEntry("drop-path", "0.1")
                .containsEntry("pool", "cls");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    attention | lokal | attention is lokal, allowed is one of full, local, block, axial, axial-lite, \
                    axial-joint, sparse-strided, sparse-fixed
                    positions | 3d | positions is 3d, allowed is one of none, learned-1d, sinusoid-1d, learned-2d, \
                    sinusoid-2d, relative-1d, relative-bias-2d, learned-1d-relative-bias-2d
                    pool | max | pool is max, allowed is one of cls, mean, mean-then-norm
                    dropout | 1 | dropout is 1, allowed is 0 or more and less than 1
                    dropout | NaN | dropout is NaN, allowed is 0 or more and less than 1
                    window | x | window is x, allowed is a whole number from 1 to 2048
                    depth | 257 | depth is 257, allowed is a whole number from 0 to 256
                    image-size | 4096 | image-size is 4096, allowed is a whole number from 1 to 2048
                    image-size | 100 | image-size is 100, allowed is a multiple of the patch size, 16
                    attention | axial | pool is cls, allowed with attention axial is mean or mean-then-norm
                    attention | axial-lite | pool is cls, allowed with attention axial-lite is mean or mean-then-norm
                    ln-eps | 0 | ln-eps is 0, allowed is more than 0 and less than 1
                    gelu | fast | gelu is fast, allowed is one of erf, tanh
                    sparse-mode | split | sparse-mode is split, allowed with attention full, which does not use it, is \
                    merged
                    window | 3 | window is 3, allowed with attention full, which does not use it, is 7
                    pad | zero | pad is zero, allowed with attention full, which does not use it, is clip
                    colour | red | option is colour, allowed is one of image-size, normalization, depth, attention, window, \
                    pad, sparse-stride, sparse-c, sparse-mode, positions, pool, head, dropout, attention-dropout, drop-path, \
                    gelu, ln-eps, init
                    """)
    void refusesInOneLine(String option, String value, String message) {
        // Given
        Presets presets = new Presets();

        // When
        var refused = assertThatThrownBy(() -> presets.named("vit-s-16", Map.of(option, value)));

        // Then
        refused.isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    small-resnet | image-size | 63 | image-size is 63, allowed is a whole number from 64 to 2048
                    resnet-18 | image-size | 4096 | image-size is 4096, allowed is a whole number from 64 to 2048
                    seed-cnn | fc-dropout | 1 | fc-dropout is 1, allowed is 0 or more and less than 1
                    seed-cnn | image-size | 128 | option is image-size, allowed is one of fc-dropout
                    r-vit-ti-16 | numerics | jax | numerics is jax, allowed is one of timm, flax
                    vit-ti-16 | numerics | flax | option is numerics, allowed is one of image-size, normalization, depth, attention, \
                    window, pad, sparse-stride, sparse-c, sparse-mode, positions, pool, head, dropout, \
                    attention-dropout, drop-path, gelu, ln-eps, init
                    resnet-50 | normalization | mean | normalization is mean, allowed is one of half, imagenet, unit
                    bit-r50x1 | image-size | large | image-size is large, allowed is a whole number from 64 to 2048
                    """)
    void otherPresetsRefuseInOneLine(String preset, String option, String value, String message) {
        // Given
        Presets presets = new Presets();

        // When
        var refused = assertThatThrownBy(() -> presets.named(preset, Map.of(option, value)));

        // Then
        refused.isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    /// Spec 3.4.
    @ParameterizedTest
    @CsvSource({
        "vit-s-16, half, HALF",
        "r26-vit-s-32, half, HALF",
        "bit-r50x1, half, HALF",
        "resnet-18, imagenet, IMAGENET",
        "small-resnet, imagenet, IMAGENET"
    })
    void pixelsAreNormalizedAsTheAuthorsDo(String preset, String chosen, PixelRange pixels) {
        // Given
        Presets presets = new Presets();

        // When
        Architecture architecture = presets.named(preset);

        // Then
        assertThat(architecture.options().asText()).containsEntry("normalization", chosen);
        assertThat(architecture.normalization()).isEqualTo(pixels.normalization());
    }

    @Test
    void anArchitectureWithoutOptionsSaysSo() {
        // Given
        Options none = Options.NONE;

        // When
        var refused = assertThatThrownBy(() -> none.with("attention", "local"));

        // Then
        refused.isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option is attention, allowed is none: this preset has no options");
    }
}
