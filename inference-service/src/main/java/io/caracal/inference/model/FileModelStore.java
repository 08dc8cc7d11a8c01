package io.caracal.inference.model;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Model files in a folder that the trainer and this service both see.
@ApplicationScoped
class FileModelStore implements ModelStore {
    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public InputStream open(URI uri) throws IOException {
        return Files.newInputStream(Path.of(uri));
    }
}
