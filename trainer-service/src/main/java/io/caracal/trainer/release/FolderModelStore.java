package io.caracal.trainer.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.ModelPublished;
import io.caracal.datasets.Example;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/// A model store in a folder: `NAME/VERSION/model.onnx`, with `test.tsv` and the run's report beside it. A version's
/// folder is written under another name, flushed to disk and then renamed, so that it appears with everything in it.
public final class FolderModelStore implements ModelStore {
    static final String MODEL = "model.onnx";
    static final String TEST_SPLIT = "test.tsv";

    private final Path root;

    private FolderModelStore(Path root) {
        this.root = root;
    }

    /// @throws IOException if the folder is not there and cannot be made
    public static FolderModelStore open(Path root) throws IOException {
        return new FolderModelStore(Files.createDirectories(root).toRealPath());
    }

    @Override
    public Stored put(CheckedModel model, List<Example> heldOut, Map<String, byte[]> beside) throws IOException {
        Path version = Files.createDirectories(root.resolve(model.card().name()))
                .resolve(model.card().version());
        if (Files.notExists(version)) {
            write(model, heldOut, beside, version);
        } else if (!holds(version, model.onnx())) {
            throw new FileAlreadyExistsException(version.toString());
        }
        return new Stored(
                version.resolve(MODEL).toUri(),
                DigestUtils.sha256Hex(model.onnx()),
                version.resolve(TEST_SPLIT).toUri());
    }

    /// Whether this very model is there: a run that is interrupted before it announces one makes it again.
    private static boolean holds(Path version, byte[] onnx) throws IOException {
        Path model = version.resolve(MODEL);
        return Files.isRegularFile(model)
                && Files.size(model) == onnx.length
                && Arrays.equals(Files.readAllBytes(model), onnx);
    }

    private static void write(CheckedModel model, List<Example> heldOut, Map<String, byte[]> beside, Path version)
            throws IOException {
        Path incoming = version.resolveSibling(
                "." + version.getFileName() + "." + ProcessHandle.current().pid());
        // Of a process that was killed: in a container all have the same number, and runs keep theirs when they go on.
        remove(incoming);
        Files.createDirectory(incoming);
        try {
            AtomicFiles.writeDurably(incoming.resolve(MODEL), model.onnx());
            AtomicFiles.writeDurably(incoming.resolve(TEST_SPLIT), lines(heldOut));
            for (Map.Entry<String, byte[]> file : beside.entrySet()) {
                AtomicFiles.writeDurably(incoming.resolve(file.getKey()), file.getValue());
            }
            AtomicFiles.sync(incoming);
            Files.move(incoming, version, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException | Error e) {
            discard(incoming, e);
            throw e;
        }
        AtomicFiles.sync(version.getParent());
    }

    @Override
    public Optional<byte[]> beside(ModelPublished model, String file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(
                    root.resolve(model.name()).resolve(model.version()).resolve(file)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static void discard(Path incoming, Throwable reason) {
        try {
            remove(incoming);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static void remove(Path incoming) throws IOException {
        if (Files.notExists(incoming)) {
            return;
        }
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(incoming);
    }

    private static byte[] lines(List<Example> examples) {
        var lines = new StringBuilder();
        for (Example example : examples) {
            lines.append(example.entry()).append('\t').append(example.label()).append('\n');
        }
        return lines.toString().getBytes(UTF_8);
    }
}
