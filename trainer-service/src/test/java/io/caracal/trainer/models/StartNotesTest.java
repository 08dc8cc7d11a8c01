package io.caracal.trainer.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.models.VisionTransformer.Size;
import io.caracal.trainer.pretrained.WeightImport;
import io.caracal.trainer.tensor.Compute;
import io.caracal.trainer.tensor.ComputeExtension;
import io.caracal.trainer.tensor.Filled;
import io.caracal.trainer.tensor.SafeTensors;
import io.caracal.trainer.tensor.SafeTensors.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of weights that fit and whose model computes something else.
@ExtendWith(ComputeExtension.class)
class StartNotesTest {
    private static final int HEADS = 4;

    private final Compute compute;

    @TempDir
    Path folder;

    StartNotesTest(Compute compute) {
        this.compute = compute;
    }

    private Path safetensors(Map<String, Values> tensors) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        WeightsFiles.safetensors(file, tensors);
        return file;
    }

    private Path besideOtherSettings() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"layer_norm_eps\": 1e-12, \"pretrained_cfg\": {\"mean\": [0, 0, 0], \"std\": [1, 1, 1]}}");
        Files.writeString(
                folder.resolve("preprocessor_config.json"),
                "{\"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]}");
        return safetensors(
                WeightsFiles.huggingFace(Filled.tensors(preset(Map.of()).layers(3)), "vit."));
    }

    @Test
    void whatLiesBesideTheWeightsIsComparedWithTheModel() throws IOException {
        // Given
        Path file = besideOtherSettings();

        // When
        List<String> told = told(file, preset(Map.of()));

        // Then
        assertThat(told)
                .containsExactly(
                        "config.json: layer norms were trained with an epsilon of 1.0E-12, here it is ln-eps=1.0E-6",
                        "config.json: pixels had mean [0,0,0] and deviation [1,1,1], those of tiny have "
                                + "[0.5, 0.5, 0.5] and [0.5, 0.5, 0.5]; normalization=unit makes them the same");
    }

    @Test
    void optionsThatAreChosenAsItLiesBesideTheWeightsAreNotTold() throws IOException {
        // Given
        Path file = besideOtherSettings();

        // When
        List<String> told = told(file, preset(Map.of("ln-eps", "1e-12", "normalization", "unit")));

        // Then
        assertThat(told)
                .containsExactly("preprocessor_config.json: pixels had mean [0.5,0.5,0.5] and deviation "
                        + "[0.5,0.5,0.5], those of tiny have [0.0, 0.0, 0.0] and [1.0, 1.0, 1.0]; "
                        + "normalization=half makes them the same");
    }

    /// Weights that are the same and compute something else.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "erf | timm | half | weights of Google ViT were trained with gelu=tanh, here it is erf; "
                        + "weights of Google ViT were trained with numerics=flax, here it is timm",
                "tanh | flax | unit | weights of Google ViT were trained with normalization=half, here it is unit",
                "tanh | flax | half |"
            })
    void optionsOfGooglesModelsAreTold(String gelu, String numerics, String normalization, String notes)
            throws IOException {
        // Given
        Path file = folder.resolve("weights.npz");
        WeightsFiles.npz(
                file, WeightsFiles.google(Filled.tensors(hybrid(Map.of()).layers(3)), "", HEADS, false));
        Architecture architecture = hybrid(Map.of("gelu", gelu, "numerics", numerics, "normalization", normalization));

        // When
        List<String> told = told(file, architecture);

        // Then
        assertThat(told).isEqualTo(notes == null ? List.of() : List.of(notes.split("; ", -1)));
    }

    @Test
    void torchvisionsPixelsAreTold() throws IOException {
        // Given
        Path file = safetensors(
                WeightsFiles.torchvision(Filled.tensors(preset(Map.of()).layers(3))));

        // When
        List<String> told = told(file, preset(Map.of()));

        // Then
        assertThat(told)
                .containsExactly(
                        "weights of torchvision ViT were trained with normalization=imagenet, here it is half");
    }

    @Test
    void classTokenThatIsLeftOutIsToldToMatter() throws IOException {
        // Given a mean of the patches that is normalised behind it, beside a class token that they saw
        Map<String, Values> tensors = Filled.tensors(preset(Map.of()).layers(3));
        tensors.put("fc_norm.weight", tensors.remove("norm.weight"));
        tensors.put("fc_norm.bias", tensors.remove("norm.bias"));
        Path file = safetensors(tensors);

        // When
        List<String> told = told(file, preset(Map.of("pool", "mean-then-norm")));

        // Then
        assertThat(told)
                .containsExactly(
                        "its class token took part in each attention; without one the model computes something else");
    }

    @Test
    void optionsThatPreTrainingWroteAreTold() throws IOException {
        // Given
        Path file = folder.resolve("encoder.safetensors");
        new SafeTensors(
                        Map.of("option.normalization", "imagenet"),
                        Filled.tensors(preset(Map.of()).layers(3)))
                .write(file);

        // When
        List<String> told = told(file, preset(Map.of()));

        // Then
        assertThat(told).containsExactly("the model was trained with normalization=imagenet, here it is half");
    }

    /// The tiny model of spec 4.10.
    private static Architecture preset(Map<String, String> chosen) {
        return new VisionTransformers.Preset("tiny", new Size(16, 2, HEADS, 32, 16), options("vit-s-16", chosen));
    }

    /// The same over the map of two stages.
    private static Architecture hybrid(Map<String, String> chosen) {
        var backbone = new HybridBackbone.Config(List.of(1, 1), HybridBackbone.Numerics.TIMM);
        return new VisionTransformers.Preset(
                "tiny", new Size(16, 2, HEADS, 32, 1, Optional.of(backbone)), options("r26-vit-s-32", chosen));
    }

    private static Options options(String preset, Map<String, String> chosen) {
        Map<String, String> all = new HashMap<>(chosen);
        all.put("image-size", "32");
        return new Presets().named(preset, all).options();
    }

    private List<String> told(Path file, Architecture architecture) throws IOException {
        var start = new WeightImport(new Start(file.toString(), Interpolation.BICUBIC), architecture);
        try (Network network = Network.create(architecture, 3, compute, 5)) {
            return start.into(network, List.of("a", "b", "c"), false)
                    .orElseThrow()
                    .notes();
        }
    }
}
