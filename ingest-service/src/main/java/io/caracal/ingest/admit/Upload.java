package io.caracal.ingest.admit;

import java.time.Instant;
import java.util.Optional;

/// Bytes that claim to be an image, and what their sender says about them.
///
/// @param id chosen by the sender, who sends it again under the same id when in doubt; else one is made
/// @param source camera, tenant, folder
/// @param ordered images of this source keep their order
public record Upload(byte[] bytes, Optional<String> id, String source, boolean ordered, Instant time) {}
