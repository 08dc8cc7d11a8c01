package io.caracal.trainer.pretrained;

import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.contracts.ModelCard;
import io.caracal.trainer.models.Options;
import io.caracal.trainer.tensor.MalformedTensorsException;
import io.caracal.trainer.tensor.Npz;
import io.caracal.trainer.tensor.OnnxFile;
import io.caracal.trainer.tensor.SafeTensorsFile;
import io.caracal.trainer.tensor.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;

/// A file with weights that a person named: told apart by its first bytes, not by its ending.
final class WeightsFile implements AutoCloseable {
    private static final String SETTING = "start.weights";
    private static final int SAFETENSORS_BRACE = 8;
    private static final int MAGIC = 9;
    /// The tag of the first field of an ONNX file.
    private static final int ONNX_VERSION = 8;

    private final String given;
    private final TensorFile tensors;

    private WeightsFile(String given, TensorFile tensors) {
        this.given = given;
        this.tensors = tensors;
    }

    /// @throws IllegalArgumentException in one line, if it cannot be read; what to do is said in it
    static WeightsFile open(String given) throws IOException {
        try {
            Path path = Path.of(given);
            if (!Files.isRegularFile(path)) {
                throw wrong(given, "there is no such file");
            }
            return new WeightsFile(given, open(path));
        } catch (InvalidPathException | MalformedTensorsException e) {
            throw wrong(given, e.getMessage());
        }
    }

    private static TensorFile open(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(MAGIC);
        }
        // First of all: before the brace is the header's length, whose bytes may be anything.
        if (head.length == MAGIC && head[SAFETENSORS_BRACE] == '{') {
            return SafeTensorsFile.open(path);
        }
        if (starts(head, 'P', 'K')) {
            if (isTorch(path)) {
                throw wrong(path.toString(), pickle());
            }
            return Npz.open(path);
        }
        if (starts(head, 0x80)) {
            throw wrong(path.toString(), pickle());
        }
        if (starts(head, ONNX_VERSION)) {
            return OnnxFile.open(path);
        }
        throw wrong(path.toString(), "which is no file of weights; allowed are safetensors, .npz and .onnx");
    }

    Map<String, Source> sources() {
        Map<String, Source> sources = new LinkedHashMap<>();
        tensors.shapes().forEach((name, shape) -> sources.put(name, Source.of(name, shape, () -> tensors.read(name))));
        return sources;
    }

    /// What a model that was exported here says of itself.
    Optional<ModelCard> card() {
        try {
            return Optional.ofNullable(tensors.metadata().get(ModelCard.METADATA_KEY))
                    .map(card -> Json.read(card.getBytes(StandardCharsets.UTF_8), ModelCard.class));
        } catch (MalformedRecordException e) {
            throw wrong(given, "whose card cannot be read: " + e.getMessage());
        }
    }

    /// Options of the preset that the weights were trained with, as far as the file tells.
    Map<String, String> options() {
        return Options.among(card().map(ModelCard::provenance).orElseGet(tensors::metadata));
    }

    String given() {
        return given;
    }

    String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(given))) {
            return DigestUtils.sha256Hex(in);
        }
    }

    static IllegalArgumentException wrong(String given, String why) {
        return new IllegalArgumentException(SETTING + " is " + given + ", " + why);
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }

    /// What `torch.save` writes.
    private static boolean isTorch(Path path) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().endsWith("data.pkl"));
        } catch (IOException e) {
            return false; // and no .npz either, as reading it will say
        }
    }

    private static String pickle() {
        return "a Python pickle, which is a program and is not run here; "
                + "convert it with safetensors.torch.save_file and take that file";
    }

    private static boolean starts(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
