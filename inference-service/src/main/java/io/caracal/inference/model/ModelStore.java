package io.caracal.inference.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/// Where published model files are. One implementation per URI scheme.
public interface ModelStore {

    /// The URI scheme it reads: `file`.
    String scheme();

    /// The file's bytes; the caller closes the stream.
    ///
    /// @throws IOException if it is not there or cannot be read; asking again later may help
    InputStream open(URI uri) throws IOException;
}
