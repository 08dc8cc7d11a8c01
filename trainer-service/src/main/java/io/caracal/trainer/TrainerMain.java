package io.caracal.trainer;

import io.caracal.service.Startup;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Starts the service.
@QuarkusMain
public final class TrainerMain {
    private TrainerMain() {}

    public static void main(String... arguments) {
        Startup.run("trainer-service", arguments);
    }
}
