package io.caracal.inference.model;

import io.caracal.contracts.Json;
import io.caracal.contracts.ModelPublished;
import io.caracal.scoring.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/// A private copy of a published model file, checked against its SHA-256 and with the published card beside it for a
/// file that carries none. Closing deletes it.
final class ModelDownload implements AutoCloseable {
    private final Path folder;

    private ModelDownload(Path folder) {
        this.folder = folder;
    }

    /// @throws IOException if the file cannot be fetched now
    /// @throws ModelException if no store reads the URI, or the file is another one
    static ModelDownload of(ModelPublished published, List<ModelStore> stores) throws IOException {
        String scheme = String.valueOf(published.uri().getScheme());
        ModelStore store = stores.stream()
                .filter(candidate -> candidate.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(() -> new ModelException("no store reads " + published.uri() + ", allowed is "
                        + stores.stream().map(ModelStore::scheme).toList()));
        ModelDownload download = new ModelDownload(Files.createTempDirectory("caracal-model"));
        try {
            download.fetch(published, store);
            return download;
        } catch (IOException | RuntimeException e) {
            download.close();
            throw e;
        }
    }

    Path file() {
        return folder.resolve("model.onnx");
    }

    private void fetch(ModelPublished published, ModelStore store) throws IOException {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        try (InputStream bytes = new DigestInputStream(store.open(published.uri()), sha256)) {
            Files.copy(bytes, file(), StandardCopyOption.REPLACE_EXISTING);
        }
        String found = HexFormat.of().formatHex(sha256.digest());
        if (!found.equals(published.sha256())) {
            throw new ModelException(
                    published.uri() + " has SHA-256 " + found + ", published was " + published.sha256());
        }
        Files.write(folder.resolve("model.card.json"), Json.write(published.card()));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file());
        Files.deleteIfExists(folder.resolve("model.card.json"));
        Files.deleteIfExists(folder);
    }
}
