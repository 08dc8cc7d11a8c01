package io.caracal.quickstart;

import java.nio.file.Path;

/// The three services, in the order in which they are started; they are stopped in the reverse one.
enum Service {
    TRAINER("trainer", 8083, "/q/health/ready"),
    /// Not ready before there is a model.
    INFERENCE("inference", 8082, "/q/health/live"),
    INGEST("ingest", 8081, "/q/health/ready");

    private final String title;
    private final int port;
    private final String upPath;

    Service(String title, int port, String upPath) {
        this.title = title;
        this.port = port;
        this.upPath = upPath;
    }

    String title() {
        return title;
    }

    /// The HTTP port, if nothing else has taken it.
    int port() {
        return port;
    }

    /// What answers 200 once the service has started.
    String upPath() {
        return upPath;
    }

    /// The packaged application.
    ///
    /// @param root the project's folder
    Path jar(Path root) {
        return root.resolve(title + "-service/target/quarkus-app/quarkus-run.jar");
    }
}
