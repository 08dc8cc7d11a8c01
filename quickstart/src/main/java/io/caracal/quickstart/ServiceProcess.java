package io.caracal.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One service in a process of its own. [#close] may be called from any thread, any number of times.
final class ServiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(150);

    private final Service service;
    private final int port;
    private final Path log;
    private final Process process;

    private ServiceProcess(Service service, int port, Path log, Process process) {
        this.service = service;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /// Starts the process and does not wait for it.
    ///
    /// @param root the project's folder
    /// @param environment added to this process's own, where that does not have the name yet
    static ServiceProcess start(Service service, int port, Path root, Path logs, Map<String, String> environment)
            throws IOException {
        Path jar = service.jar(root);
        if (!Files.exists(jar)) {
            throw new QuickstartException("the " + service.title() + " service is not built: " + jar + " is missing");
        }
        Path log = logs.resolve(service.title() + ".log");
        var builder = new ProcessBuilder(command(jar));
        environment.forEach(builder.environment()::putIfAbsent);
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return new ServiceProcess(service, port, log, process);
    }

    private static List<String> command(Path jar) {
        var command = new ArrayList<String>();
        // Ctrl-C reaches every process of the terminal; the services leave stopping to their parent, which does it in
        // order.
        command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "caracal"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dai.djl.offline=true",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /// Returns when the service answers, or has ended because something else was quicker to take its port.
    ///
    /// @return whether it answers
    /// @throws QuickstartException if it ends for another reason or does not answer in time; shows the log's end
    boolean awaitUp(HttpClient http) throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers(http)) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                if (Ports.isFree(port)) {
                    throw new QuickstartException(death());
                }
                return false;
            }
            if (System.nanoTime() > deadline) {
                throw new QuickstartException("the " + service.title() + " service did not answer on port " + port
                        + " within " + START.toSeconds() + " s; the end of " + log + ":" + System.lineSeparator()
                        + LogTail.of(log));
            }
        }
        return true;
    }

    private boolean answers(HttpClient http) throws InterruptedException {
        if (!process.isAlive()) {
            // Whoever answers is somebody else.
            return false;
        }
        var request = HttpRequest.newBuilder(address().resolve(service.upPath()))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not listening yet.
            return false;
        }
    }

    /// Says how the process ended and shows the end of its log.
    String death() {
        return "the " + service.title() + " service ended with exit code " + process.exitValue() + "; the end of " + log
                + ":" + System.lineSeparator() + LogTail.of(log);
    }

    Service service() {
        return service;
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /// Asks the process to end; returns at once.
    void requestStop() {
        process.destroy();
    }

    /// Ends the process as a power cut would.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        requestStop();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
