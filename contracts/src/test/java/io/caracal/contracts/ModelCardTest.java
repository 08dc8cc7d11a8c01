package io.caracal.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.caracal.contracts.ModelCard.Resize;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {

    @Test
    void aHandwrittenCardNeedsLittle() throws IOException {
        // Given
        String yaml = """
                name: resnet-18
                labels: [cat, dog]
                input: {width: 224, height: 192}
                """;

        // When
        ModelCard card = read(yaml);

        // Then
        assertThat(card)
                .isEqualTo(new ModelCard(
                        "resnet-18",
                        "1",
                        List.of("cat", "dog"),
                        new ModelCard.Input(
                                "", ModelCard.Layout.FLOAT_NCHW, 224, 192, 0, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)),
                        Resize.squash(Resize.Filter.ANTIALIAS),
                        new ModelCard.Output("", ModelCard.Output.Kind.LOGITS),
                        Map.of()));
    }

    @Test
    void aHandwrittenCardCanSayEverything() throws IOException {
        // Given
        String yaml = """
                name: squeezenet
                version: 1.1
                labels: [cat, dog]
                input:
                  name: data_0
                  layout: FLOAT-nchw
                  width: 224
                  height: 224
                  batch: 1
                  mean: [0.485, 0.456, 0.406]
                  std: [0.229, 0.224, 0.225]
                resize: {rule: short-side-crop, shortSide: 256, filter: linear, applyExifOrientation: true}
                output: {name: softmaxout_1, kind: probabilities}
                provenance: {from: the model zoo}
                """;

        // When
        ModelCard card = read(yaml);

        // Then
        assertThat(card.version()).isEqualTo("1.1");
        assertThat(card.input().batch()).isEqualTo(1);
        assertThat(card.input().std()).containsExactly(0.229f, 0.224f, 0.225f);
        assertThat(card.resize()).isEqualTo(new Resize(Resize.Rule.SHORT_SIDE_CROP, 256, Resize.Filter.LINEAR, true));
        assertThat(card.output()).isEqualTo(new ModelCard.Output("softmaxout_1", ModelCard.Output.Kind.PROBABILITIES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{labels: [a], input: {width: 1, height: 1}} | name is missing",
                "{name: x, input: {width: 1, height: 1}} | labels is missing",
                "{name: x, labels: [], input: {width: 1, height: 1}} | labels is empty",
                "{name: x, labels: [a]} | input is missing",
                "{name: x, labels: [a], input: {width: 0, height: 1}} | width is 0, allowed is 1 or more",
                "{name: x, labels: [a], input: {width: 1}} | (at input.height)",
                "{name: x, labels: [a], input: {width: 1, height: 1, std: [1, 1]}} | std is [1.0, 1.0], three numbers",
                "{name: x, labels: [a], input: {width: 1, height: 1, std: [1, 0, 1]}} | std has a zero",
                "{name: x, labels: [a], input: {width: 1, height: 1, mena: [1, 0, 1]}} | mena is not a field, allowed is one of batch, height, layout, mean, name, std, width",
                "{name: x, labels: [a], input: {width: 1, height: 1, layout: chw}} | [float-nchw, uint8-nhwc]",
                "{name: x, labels: [a], input: {width: 1, height: 1}, resize: {rule: short-side-crop}} | shortSide is 0",
                "{name: [} | not a ModelCard",
            })
    void aWrongCardIsRefusedInOneLine(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private static ModelCard read(String yaml) throws IOException {
        try (var parser = new YAMLFactory().createParser(yaml)) {
            return Json.readHandwritten(parser, ModelCard.class);
        }
    }
}
