package io.caracal.trainer.tensor;

import io.caracal.trainer.nn.Layer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Weights and images by the rule of spec 4.10.
public final class Filled {
    private Filled() {}

    /// Fills the parameters in the given order, number 1 first; running statistics keep their start values.
    public static void parameters(Layer layer, ai.djl.ndarray.NDManager manager) {
        parameters(layer, manager, 1);
    }

    /// Relative position tables are not numbered: they are filled by the rule of spec 4.13.
    ///
    /// @param first number of the first parameter
    public static void parameters(Layer layer, ai.djl.ndarray.NDManager manager, int first) {
        int number = first;
        Map<String, Weight> weights = layer.weights();
        for (Map.Entry<String, Weight> entry : weights.entrySet()) {
            Weight weight = entry.getValue();
            weight.allocate(manager, new Random(0));
            if (entry.getKey().endsWith("relative_position_bias_table")) {
                weight.set(relativePositions(weight));
            } else if (weight.trained()) {
                weight.set(values(weight, number++, isNormScale(entry.getKey())));
            }
        }
    }

    /// The same as the content of a file: numbers by name, running statistics as they start.
    public static Map<String, SafeTensors.Values> tensors(Layer layer) {
        Map<String, SafeTensors.Values> tensors = new LinkedHashMap<>();
        int number = 1;
        for (Map.Entry<String, Weight> entry : layer.weights().entrySet()) {
            Weight weight = entry.getValue();
            float[] values = new float[weight.size()];
            if (entry.getKey().endsWith("running_var")) {
                Arrays.fill(values, 1);
            } else if (weight.trained()) {
                values = values(weight, number++, isNormScale(entry.getKey()));
            }
            tensors.put(entry.getKey(), new SafeTensors.Values(weight.shape(), values));
        }
        return tensors;
    }

    /// Element i in (C, H, W) order is (i mod 29) / 29; here as `[1, 3, size, size]`.
    public static float[] image(int size) {
        float[] values = new float[3 * size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((i % 29) / 29.0);
        }
        return values;
    }

    private static float[] relativePositions(Weight weight) {
        float[] values = new float[weight.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * Math.sin(.37 * i + 100));
        }
        return values;
    }

    private static float[] values(Weight weight, int number, boolean normScale) {
        float[] values = new float[weight.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * Math.sin(0.37 * i + number) + (normScale ? 1 : 0));
        }
        return values;
    }

    private static boolean isNormScale(String name) {
        return name.matches("(.*[.])?((pre_|fc_)?norm[^.]*|bn[0-9]|downsample[.]1)[.]weight");
    }

    public static List<String> names(Layer layer) {
        return List.copyOf(layer.weights().keySet());
    }
}
