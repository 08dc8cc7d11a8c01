package io.caracal.trainer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComputeExtension.class)
class ComputeExtensionTest {
    private static final List<Compute> EARLIER = new ArrayList<>();

    private final Compute compute;

    ComputeExtensionTest(Compute compute) {
        this.compute = compute;
    }

    /// The second time there is an earlier one.
    @RepeatedTest(2)
    void eachTestHasOneOfItsOwnWhichIsClosedAfterIt(Compute same) {
        // Given
        List<Compute> earlier = List.copyOf(EARLIER);

        // When
        EARLIER.add(compute);

        // Then
        assertThat(same).isSameAs(compute);
        assertThat(earlier)
                .doesNotContain(compute)
                .allSatisfy(closed -> assertThatThrownBy(closed::newScope).isInstanceOf(IllegalStateException.class));
    }
}
