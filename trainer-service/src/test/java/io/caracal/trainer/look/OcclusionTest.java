package io.caracal.trainer.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OcclusionTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 24;

    /// White from column 30 and above row 4: at the top right, wider than high.
    private static byte[] image() {
        byte[] image = new byte[WIDTH * HEIGHT * 3];
        for (int y = 0; y < 4; y++) {
            for (int x = 30; x < WIDTH; x++) {
                for (int c = 0; c < 3; c++) {
                    image[(y * WIDTH + x) * 3 + c] = (byte) 255;
                }
            }
        }
        return image;
    }

    /// How much white is left of the corner.
    private static double[] white(ByteBuffer pixels, int count) {
        double[] shares = new double[count];
        for (int i = 0; i < count; i++) {
            int white = 0;
            for (int at = 0; at < WIDTH * HEIGHT * 3; at++) {
                white += pixels.get(i * WIDTH * HEIGHT * 3 + at) == (byte) 255 ? 1 : 0;
            }
            shares[i] = white / (3.0 * 4 * 10);
        }
        return shares;
    }

    @Test
    void whatCountsIsWhereCoveringCosts() {
        // When
        HeatMap map = new Occlusion(8).of(image(), WIDTH, HEIGHT, OcclusionTest::white);

        // Then: cells of 5 by 3 pixels; the square in the corner covers columns 30 to 39 and rows 0 to 5
        assertThat(map.max()).isEqualTo(1).isEqualTo(map.at(0, 7));
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 8; column++) {
                boolean near = row < 3 && column > 4;
                assertThat(map.at(row, column) > 0)
                        .as("row %d, column %d", row, column)
                        .isEqualTo(near);
            }
        }
    }

    @Test
    void moreCellsThanPixelsAreRefused() {
        assertThatThrownBy(() -> new Occlusion(32).of(image(), WIDTH, HEIGHT, OcclusionTest::white))
                .hasMessage("cells is 32, the model's images are 40x24 pixels");
        assertThatThrownBy(() -> new Occlusion(1)).hasMessage("cells is 1, allowed is 2 to 64");
    }
}
