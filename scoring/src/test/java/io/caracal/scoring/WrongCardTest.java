package io.caracal.scoring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongCardTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "red", "green", "blue"     | "red", "green"          | the card has 2 labels, the graph's output 'logits' is [-1, 3]
            "width": 4                 | "width": 5              | the card's input is [-1, 4, 5, 3], the graph's is [-1, 4, 4, 3]
            "name": "pixels"           | "name": "data"          | the card's input is 'data', the graph has [pixels]
            "name": "logits"           | "name": "scores"        | the card's output is 'scores', the graph has [logits]
            "uint8-nhwc"               | "float-nchw"            | the card says FLOAT_NCHW, the graph's input 'pixels' is of type UINT8
            "squash", "shortSide": 0   | "short-side-crop", "shortSide": 3 | the card's shortSide is 3, the crop needs at least 4
            """)
    void isRefusedInOneLine(String right, String wrong, String message) throws Exception {
        // Given
        Path file = TinyModels.withCard(folder, TinyModels.CARD.replace(right, wrong));

        // When, then
        assertThatThrownBy(() -> Classifier.open(file, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessage("model file " + file + ": " + message);
    }

    /// What the record itself refuses is tested where the record is.
    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"labels\": 3", "null", "[]", "{\"name\": \"x\"}"})
    void thatIsNoCardAtAllIsRefusedInOneLine(String card) throws Exception {
        // Given
        Path file = TinyModels.withCard(folder, card);

        // When, then
        assertThatThrownBy(() -> Classifier.open(file, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model file " + file + ": the card in property caracal.card is not valid: ")
                .message()
                .doesNotContain("\n");
    }
}
