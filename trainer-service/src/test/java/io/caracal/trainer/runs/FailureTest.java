package io.caracal.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.datasets.DataSetException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void messageThatIsMeantForAPersonIsPassedOn() {
        // When, Then
        assertThat(Failure.oneLine(new DataSetException("no images in photos"))).isEqualTo("no images in photos");
    }

    @Test
    void fileErrorSaysWhatIsWrongWithThePath() {
        // When, Then
        assertThat(Failure.oneLine(new NoSuchFileException("model.onnx")))
                .isEqualTo("model.onnx: no such file or folder");
    }

    @Test
    void anythingElseIsAnErrorOfTheProgramInOneLine() {
        // When, Then
        assertThat(Failure.oneLine(new IllegalStateException("first\nsecond")))
                .isEqualTo("internal error: IllegalStateException: first");
        assertThat(Failure.isExpected(new IllegalStateException())).isFalse();
    }
}
