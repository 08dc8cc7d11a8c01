package io.caracal.inference;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// Which model answers: `CARACAL_MODEL_FILE` fixes one, else the `models` topic says.
@ConfigMapping(prefix = "caracal.model")
public interface ModelConfig {
    Optional<String> file();
}
