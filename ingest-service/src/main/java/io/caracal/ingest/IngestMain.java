package io.caracal.ingest;

import io.caracal.service.Startup;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Starts the service.
@QuarkusMain
public final class IngestMain {
    private IngestMain() {}

    public static void main(String... arguments) {
        Startup.run("ingest-service", arguments);
    }
}
