package io.caracal.trainer.embed;

import io.caracal.datasets.Example;
import java.util.List;

/// What a model computed of images before its last linear layer.
///
/// @param examples one per row
/// @param rows `[images][width]`
public record Features(List<Example> examples, float[][] rows) {

    public Features {
        examples = List.copyOf(examples);
        if (examples.size() != rows.length) {
            throw new IllegalArgumentException(examples.size() + " images, " + rows.length + " rows");
        }
    }

    public int images() {
        return rows.length;
    }

    /// Features of each image.
    public int width() {
        return rows.length == 0 ? 0 : rows[0].length;
    }

    public List<String> labels() {
        return examples.stream().map(Example::label).toList();
    }

    public double[][] matrix() {
        double[][] matrix = new double[rows.length][];
        for (int image = 0; image < rows.length; image++) {
            matrix[image] = new double[rows[image].length];
            for (int f = 0; f < rows[image].length; f++) {
                matrix[image][f] = rows[image][f];
            }
        }
        return matrix;
    }
}
