package io.caracal.scoring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongCardTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock = """
            "red", "green", "blue"        | "red", "green"             | the card has 2 labels, the graph's output 'logits' is [-1, 3]
            ["red", "green", "blue"]      | []                         | the card lacks labels
            "width": 4                    | "width": 5                 | the card's input is [-1, 4, 5, 3], the graph's is [-1, 4, 4, 3]
            "name": "pixels"              | "name": "data"             | the card's input is 'data', the graph has [pixels]
            "name": "logits"              | "name": "scores"           | the card's output is 'scores', the graph has [logits]
            "layout": "UINT8_NHWC"        | "layout": "FLOAT_NCHW", "mean": [0, 0, 0], "std": [1, 1, 1] | the card says FLOAT_NCHW, the graph's input 'pixels' is of type UINT8
            "layout": "UINT8_NHWC"        | "layout": "FLOAT_NCHW"     | the card lacks input.mean
            "layout": "UINT8_NHWC",       | ~~                         | the card lacks input.layout (UINT8_NHWC or FLOAT_NCHW)
            "batch": 0                    | "batch": 0, "std": [1, 1]  | the card's std has 2 values, allowed is 3
            "batch": 0                    | "batch": 0, "std": [1, 0, 1] | the card's std is [1.0, 0.0, 1.0], allowed is anything but 0
            "rule": "SQUASH", "shortSide": 0 | "rule": "SHORT_SIDE_CROP", "shortSide": 3 | the card's shortSide is 3, the crop needs at least 4
            , "kind": "LOGITS"            | ~~                         | the card lacks output.kind (LOGITS or PROBABILITIES)
            "SQUASH"                      | "STRETCH"                  | the card in its property caracal.card is not valid: resize.rule: Cannot deserialize value of type `io.caracal.contracts.ModelCard$Resize$Rule` from String "STRETCH": not one of the values accepted for Enum class: [SHORT_SIDE_CROP, SQUASH]
            """)
    void isRefusedInOneLine(String right, String wrong, String message) throws Exception {
        // Given
        Path file = TinyModels.withCard(folder, TinyModels.CARD.replace(right, wrong));

        // When, then
        assertThatThrownBy(() -> Classifier.open(file, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessage("model file " + file + ": " + message);
    }

    @ParameterizedTest
    @CsvSource({"''", "{", "'{\"labels\": 3', 'null', '[]'"})
    void thatIsNoCardAtAllIsRefusedInOneLine(String card) throws Exception {
        // Given
        Path file = TinyModels.withCard(folder, card);

        // When, then
        assertThatThrownBy(() -> Classifier.open(file, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model file " + file + ": the card in its property caracal.card is ")
                .message()
                .doesNotContain("\n");
    }
}
