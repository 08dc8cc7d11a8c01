package io.caracal.trainer.api;

import io.caracal.trainer.data.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Folders of one start of the service: `photos` with 40 images, which runs may read, and `store`.
final class TestFolders {
    private TestFolders() {}

    static Map<String, String> settings() {
        try {
            Path root = Files.createTempDirectory("caracal-trainer-test-");
            Path photos = TestImages.folder(Files.createDirectory(root.resolve("photos")), 40);
            return Map.of(
                    "caracal.trainer.store",
                    root.resolve("store").toString(),
                    "caracal.trainer.data-roots",
                    photos.toString(),
                    "caracal.trainer.threads",
                    "1",
                    "caracal.trainer.runs.waiting",
                    "2",
                    "quarkus.http.test-port",
                    "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
