package io.caracal.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real Kafka broker, one KRaft node in a child JVM. Owns the process, not the folder.
///
/// When a method that starts the broker returns, the node serves clients. The child ends with this process even if that
/// is killed. Not thread-safe, but [#close] may be called from anywhere, any number of times.
public final class ChildBroker implements AutoCloseable {
    private static final String CLUSTER_ID = "caracal-one-node-00000";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration READY_INTERVAL = Duration.ofMillis(20);
    private static final int PORT_ATTEMPTS = 3;

    private final BrokerSettings settings;
    private volatile Process process;

    private ChildBroker(BrokerSettings settings) {
        this.settings = settings;
    }

    /// Starts a broker on a free port.
    ///
    /// @param folder for data, properties and `broker.log`; what an earlier broker left there is served again
    /// @throws BrokerException if it does not come up: one line, and where its log is
    public static ChildBroker start(Path folder) {
        for (int attempt = 1; ; attempt++) {
            int port = Ports.free();
            try {
                return start(folder, port);
            } catch (BrokerException e) {
                // Between looking for a free port and binding it another process can be quicker.
                if (attempt == PORT_ATTEMPTS || Ports.isFree(port)) {
                    throw e;
                }
            }
        }
    }

    /// Starts a broker on this port.
    ///
    /// @throws BrokerException if it does not come up
    public static ChildBroker start(Path folder, int port) {
        if (!Ports.isFree(port)) {
            throw new BrokerException("port " + port + " is in use, no broker can be started there");
        }
        var broker = new ChildBroker(new BrokerSettings(folder.toAbsolutePath(), port, Ports.free()));
        broker.launch();
        return broker;
    }

    /// `HOST:PORT` for clients.
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    /// Everything the broker logs, over all its starts.
    public Path log() {
        return settings.folder().resolve("broker.log");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Shuts the broker down in good order and returns when it is gone. Does nothing if it is.
    public void stop() {
        process.destroy();
        if (!waitFor(STOP_TIMEOUT)) {
            kill();
        }
    }

    /// Ends the broker as a power cut would (`kill -9`) and returns when it is gone.
    public void kill() {
        process.destroyForcibly();
        if (!waitFor(STOP_TIMEOUT)) {
            throw new BrokerException("broker process " + process.pid() + " does not die");
        }
    }

    /// Stops the broker if it runs and starts it again with the same port and data.
    ///
    /// @throws BrokerException if it does not come up
    public void restart() {
        stop();
        launch();
    }

    @Override
    public void close() {
        stop();
    }

    private void launch() {
        try {
            Path properties = settings.write();
            var builder = new ProcessBuilder(command(properties));
            // Options meant for this JVM (heap, debugger port, agents) must not reach the child.
            builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
            process = builder.start();
            awaitReady();
        } catch (IOException e) {
            throw new BrokerException(
                    "the broker cannot be started in " + settings.folder() + ": " + e.getMessage(), e);
        }
    }

    private List<String> command(Path properties) {
        // A Ctrl-C reaches every process of the terminal; the broker ignores it and ends with its parent, after the
        // services that still commit to it.
        var command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "broker"));
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            command.clear();
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                // Thousands of lines that repeat every setting.
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config.AbstractConfig=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaConfig=warn"));
        command.addAll(List.of("-cp", BrokerClassPath.find(), BrokerMain.class.getName()));
        command.addAll(List.of(properties.toString(), CLUSTER_ID));
        return command;
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (process.getInputStream().available() == 0) {
            if (waitFor(READY_INTERVAL)) {
                throw new BrokerException("the broker ended with exit code " + process.exitValue() + ": "
                        + lastMessage() + " (see " + log() + ")");
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new BrokerException(
                        "the broker was not ready after " + START_TIMEOUT.toSeconds() + " s, see " + log());
            }
        }
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!BrokerMain.READY.equals(line)) {
            kill();
            throw new BrokerException("the broker said \"" + line + "\", see " + log());
        }
    }

    private String lastMessage() throws IOException {
        try (var lines = Files.lines(log())) {
            return lines.filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce((before, last) -> last)
                    .orElse("its log is empty");
        }
    }

    private boolean waitFor(Duration timeout) {
        try {
            return process.waitFor(timeout);
        } catch (InterruptedException e) {
            // The process must not be left behind: no clean end, but an end.
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
