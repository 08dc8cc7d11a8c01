package io.caracal.trainer.release;

import io.caracal.contracts.ModelPublished;
import io.caracal.datasets.Example;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where released model files lie, by name and version. A version is never changed once it is there.
public interface ModelStore {

    /// Puts a model in place, whole or not at all. One that is there already stays as it is, with what lies beside it.
    ///
    /// @param heldOut the test split that goes with it
    /// @param beside further files of this version, by name
    /// @throws IOException if it is not in the store: no room, no access, or the version is there with
    ///     another model
    Stored put(CheckedModel model, List<Example> heldOut, Map<String, byte[]> beside) throws IOException;

    /// A file that was put beside a model.
    ///
    /// @return empty if there is no such version or no such file of it
    Optional<byte[]> beside(ModelPublished model, String file) throws IOException;

    /// @param model the ONNX file
    /// @param sha256 of that file, lower-case hex
    /// @param testSplit lists the held-out images, one `entry<TAB>label` a line
    record Stored(URI model, String sha256, URI testSplit) {}
}
