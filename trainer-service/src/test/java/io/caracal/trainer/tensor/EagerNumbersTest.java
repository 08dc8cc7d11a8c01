package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The engine's operations with a number of Java free their constant before the backward pass reads it. What they
/// compute is right but for its gradient, and that not always, so that no other test is sure to see it.
class EagerNumbersTest {

    /// The operations with a number that a class calls.
    private static List<String> withNumbers(Class<?> type) throws IOException {
        byte[] bytes;
        try (InputStream in = type.getResourceAsStream(
                type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
            bytes = in.readAllBytes();
        }
        List<String> calls = new ArrayList<>();
        ClassFile.of().parse(bytes).constantPool().forEach(entry -> {
            if (entry instanceof MemberRefEntry member
                    && member.owner().asInternalName().equals("ai/djl/ndarray/NDArray")
                    && member.type().stringValue().startsWith("(Ljava/lang/Number;)")) {
                calls.add(member.name().stringValue());
            }
        });
        return calls;
    }

    /// What must be found.
    static final class Wrong {
        NDArray half(NDArray array) {
            return array.mul(0.5f).pow(2);
        }
    }

    @Test
    void callsWithNumbersAreSeen() throws IOException {
        // When, Then
        assertThat(withNumbers(Wrong.class)).containsExactlyInAnyOrder("mul", "pow");
    }

    @Test
    void noneIsOnTheWayOfAGradient() throws IOException {
        // When
        List<String> calls = withNumbers(Eager.class);

        // Then
        assertThat(calls).isEmpty();
    }
}
