package io.caracal.trainer.models;

import io.caracal.trainer.tensor.NpzWriter;
import io.caracal.trainer.tensor.SafeTensors;
import io.caracal.trainer.tensor.SafeTensors.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Writes weights under our names as other programs write them (spec 3.1): the reverse of what is tested.
final class WeightsFiles {
    private WeightsFiles() {}

    static void safetensors(Path file, Map<String, Values> tensors) throws IOException {
        new SafeTensors(Map.of("format", "pt"), tensors).write(file);
    }

    static void npz(Path file, Map<String, Values> tensors) throws IOException {
        try (var writer = new NpzWriter(file, true)) {
            for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
                writer.add(
                        tensor.getKey(),
                        tensor.getValue().shape(),
                        tensor.getValue().values());
            }
        }
    }

    /// @param prefix `vit.`, or nothing for the bare model, whose classifier has none in either case
    static Map<String, Values> huggingFace(Map<String, Values> ours, String prefix) {
        Map<String, Values> file = new LinkedHashMap<>();
        ours.forEach((name, tensor) -> {
            if (name.contains("attn.qkv")) {
                String[] parts = {"query", "key", "value"};
                for (int i = 0; i < parts.length; i++) {
                    file.put(prefix + huggingFace(name).replace("qkv", parts[i]), third(tensor, i));
                }
            } else if (name.startsWith("head.")) {
                file.put(name.replace("head.", "classifier."), tensor);
            } else {
                file.put(prefix + huggingFace(name), tensor);
            }
        });
        return file;
    }

    private static String huggingFace(String name) {
        return name.replaceFirst("^cls_token", "embeddings.cls_token")
                .replaceFirst("^pos_embed", "embeddings.position_embeddings")
                .replaceFirst("^patch_embed\\.proj", "embeddings.patch_embeddings.projection")
                .replaceFirst("^norm\\.", "layernorm.")
                .replaceFirst("^blocks\\.", "encoder.layer.")
                .replaceFirst("norm1", "layernorm_before")
                .replaceFirst("norm2", "layernorm_after")
                .replaceFirst("attn\\.qkv", "attention.attention.qkv")
                .replaceFirst("attn\\.proj", "attention.output.dense")
                .replaceFirst("mlp\\.fc1", "intermediate.dense")
                .replaceFirst("mlp\\.fc2", "output.dense");
    }

    static Map<String, Values> torchvision(Map<String, Values> ours) {
        Map<String, Values> file = new LinkedHashMap<>();
        ours.forEach((name, tensor) -> file.put(
                name.replaceFirst("^cls_token", "class_token")
                        .replaceFirst("^pos_embed", "encoder.pos_embedding")
                        .replaceFirst("^patch_embed\\.proj", "conv_proj")
                        .replaceFirst("^norm\\.", "encoder.ln.")
                        .replaceFirst("^head\\.", "heads.head.")
                        .replaceFirst("^blocks\\.", "encoder.layers.encoder_layer_")
                        .replaceFirst("norm1", "ln_1")
                        .replaceFirst("norm2", "ln_2")
                        .replaceFirst("attn\\.qkv\\.", "self_attention.in_proj_")
                        .replaceFirst("attn\\.proj", "self_attention.out_proj")
                        .replaceFirst("mlp\\.fc1", "mlp.0")
                        .replaceFirst("mlp\\.fc2", "mlp.3"),
                tensor));
        return file;
    }

    /// The `seed-vit` of vit-pytorch.
    static Map<String, Values> lucidrains(Map<String, Values> ours) {
        Map<String, Values> file = new LinkedHashMap<>();
        ours.forEach((name, tensor) -> file.put(
                name.replaceFirst("^pos_embed", "pos_embedding")
                        .replaceFirst("^patch_embed\\.norm_in", "to_patch_embedding.1")
                        .replaceFirst("^patch_embed\\.proj", "to_patch_embedding.2")
                        .replaceFirst("^patch_embed\\.norm_out", "to_patch_embedding.3")
                        .replaceFirst("^norm\\.", "mlp_head.0.")
                        .replaceFirst("^head\\.", "mlp_head.1.")
                        .replaceFirst("^blocks\\.", "transformer.layers.")
                        .replaceFirst("norm1", "0.norm")
                        .replaceFirst("norm2", "1.norm")
                        .replaceFirst("attn\\.qkv", "0.fn.to_qkv")
                        .replaceFirst("attn\\.proj", "0.fn.to_out.0")
                        .replaceFirst("mlp\\.fc1", "1.fn.net.0")
                        .replaceFirst("mlp\\.fc2", "1.fn.net.3"),
                tensor));
        return file;
    }

    /// The TNT of its authors, with the tensor that nothing uses.
    static Map<String, Values> huawei(Map<String, Values> ours) {
        Map<String, Values> file = new LinkedHashMap<>();
        ours.forEach((name, tensor) -> {
            String theirs = name.replaceFirst("^patch_pos", "outer_pos")
                    .replaceFirst("^pixel_embed", "patch_embed")
                    .replaceFirst("norm([12])_proj", "proj_norm$1")
                    .replaceFirst("norm_in\\.", "inner_norm1.")
                    .replaceFirst("attn_in\\.", "inner_attn.")
                    .replaceFirst("norm_mlp_in\\.", "inner_norm2.")
                    .replaceFirst("mlp_in\\.", "inner_mlp.")
                    .replaceFirst("norm_out\\.", "outer_norm1.")
                    .replaceFirst("attn_out\\.", "outer_attn.")
                    .replaceFirst("norm_mlp\\.", "outer_norm2.")
                    .replaceFirst("(\\d\\.)mlp\\.", "$1outer_mlp.");
            if (name.equals("pixel_pos")) {
                int channels = (int) tensor.shape()[1];
                file.put("inner_pos", reshaped(transposed(reshaped(tensor, channels, 16)), 1, 16, channels));
            } else {
                file.put(theirs, tensor);
            }
        });
        file.put("outer_tokens", new Values(new long[] {1, 4, 16}, new float[64]));
        return file;
    }

    /// @param bigVision names of big_vision instead of vit_jax's
    static Map<String, Values> google(Map<String, Values> ours, String prefix, int heads, boolean bigVision) {
        Map<String, Values> file = new LinkedHashMap<>();
        String attention = "MultiHeadDotProductAttention_" + (bigVision ? 0 : 1);
        ours.forEach((name, tensor) -> {
            String theirs = hybrid(name)
                    .replaceFirst("^cls_token", "cls")
                    .replaceFirst(
                            "^pos_embed", bigVision ? "pos_embedding" : "Transformer/posembed_input/pos_embedding")
                    .replaceFirst("^patch_embed\\.proj\\.", "embedding/")
                    .replaceFirst("^norm\\.weight", "Transformer/encoder_norm/scale")
                    .replaceFirst("^norm\\.", "Transformer/encoder_norm/")
                    .replaceFirst("^head\\.", "head/")
                    .replaceFirst("^blocks\\.(\\d+)\\.", "Transformer/encoderblock_$1/")
                    .replaceFirst("norm1\\.weight", "LayerNorm_0/scale")
                    .replaceFirst("norm1\\.", "LayerNorm_0/")
                    .replaceFirst("norm2\\.weight", bigVision ? "LayerNorm_1/scale" : "LayerNorm_2/scale")
                    .replaceFirst("norm2\\.", bigVision ? "LayerNorm_1/" : "LayerNorm_2/")
                    .replaceFirst("attn\\.qkv\\.", attention + "/qkv/")
                    .replaceFirst("attn\\.proj\\.", attention + "/out/")
                    .replaceFirst("mlp\\.fc1\\.", bigVision ? "MlpBlock_0/Dense_0/" : "MlpBlock_3/Dense_0/")
                    .replaceFirst("mlp\\.fc2\\.", bigVision ? "MlpBlock_0/Dense_1/" : "MlpBlock_3/Dense_1/")
                    .replaceFirst("/weight$", "/kernel");
            if (name.contains("attn.qkv")) {
                String[] parts = {"query", "key", "value"};
                for (int i = 0; i < parts.length; i++) {
                    Values part = third(tensor, i);
                    int width = (int) part.shape()[0];
                    file.put(
                            prefix + theirs.replace("qkv", parts[i]),
                            name.endsWith("bias")
                                    ? reshaped(part, heads, width / heads)
                                    : reshaped(transposed(part), part.shape()[1], heads, width / heads));
                }
            } else if (name.contains("attn.proj.weight")) {
                long[] shape = tensor.shape();
                file.put(prefix + theirs, reshaped(transposed(tensor), heads, shape[1] / heads, shape[0]));
            } else if (theirs.endsWith("/kernel")) {
                file.put(prefix + theirs, tensor.shape().length == 4 ? channelsLast(tensor) : transposed(tensor));
            } else {
                file.put(prefix + theirs, tensor);
            }
        });
        return file;
    }

    private static String hybrid(String name) {
        return Pattern.compile("patch_embed\\.backbone\\.stages\\.(\\d+)\\.blocks\\.(\\d+)\\.")
                .matcher(name)
                .replaceFirst(match -> "block" + (Integer.parseInt(match.group(1)) + 1) + "/unit"
                        + (Integer.parseInt(match.group(2)) + 1) + "/")
                .replaceFirst("^patch_embed\\.backbone\\.(?:stem\\.)?conv\\.", "conv_root/")
                .replaceFirst("^patch_embed\\.backbone\\.(?:stem\\.)?norm\\.weight", "gn_root/scale")
                .replaceFirst("^patch_embed\\.backbone\\.(?:stem\\.)?norm\\.", "gn_root/")
                .replaceFirst("/downsample\\.conv\\.", "/conv_proj/")
                .replaceFirst("/downsample\\.norm\\.weight", "/gn_proj/scale")
                .replaceFirst("/downsample\\.norm\\.", "/gn_proj/")
                .replaceFirst("/conv(\\d)\\.", "/conv$1/")
                .replaceFirst("/norm(\\d)\\.weight", "/gn$1/scale")
                .replaceFirst("/norm(\\d)\\.", "/gn$1/");
    }

    static Values reshaped(Values tensor, long... shape) {
        return new Values(shape, tensor.values());
    }

    static Values transposed(Values matrix) {
        int rows = (int) matrix.shape()[0];
        int columns = (int) matrix.shape()[1];
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[column * rows + row] = matrix.values()[row * columns + column];
            }
        }
        return new Values(new long[] {columns, rows}, values);
    }

    /// `[out, in, height, width]` to `[height, width, in, out]`.
    static Values channelsLast(Values kernel) {
        int out = (int) kernel.shape()[0];
        int in = (int) kernel.shape()[1];
        int height = (int) kernel.shape()[2];
        int width = (int) kernel.shape()[3];
        float[] values = new float[kernel.values().length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        values[((y * width + x) * in + i) * out + o] =
                                kernel.values()[((o * in + i) * height + y) * width + x];
                    }
                }
            }
        }
        return new Values(new long[] {height, width, in, out}, values);
    }

    private static Values third(Values tensor, int index) {
        int length = tensor.values().length / 3;
        long[] shape = tensor.shape().clone();
        shape[0] /= 3;
        return new Values(shape, Arrays.copyOfRange(tensor.values(), index * length, (index + 1) * length));
    }
}
