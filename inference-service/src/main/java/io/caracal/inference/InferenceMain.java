package io.caracal.inference;

import io.caracal.service.Startup;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Starts the service.
@QuarkusMain
public final class InferenceMain {
    private InferenceMain() {}

    public static void main(String... arguments) {
        Startup.run("inference-service", arguments);
    }
}
