package io.caracal.quickstart;

import io.caracal.broker.BrokerException;
import io.caracal.broker.ChildBroker;
import io.caracal.contracts.TopicCreator;
import io.caracal.contracts.TopicSpec;
import io.caracal.contracts.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/// The processes of a run: the broker, if it is ours, and the services. Owns them all; [#close] stops the services,
/// then the broker, and may be called at any time from any thread, also while they are being started.
final class Line implements AutoCloseable {
    private final Path root;
    private final WorkFolder work;
    private final HttpClient http;
    private final Consumer<String> onDeath;
    private final Map<Service, ServiceProcess> services = new EnumMap<>(Service.class);
    private ChildBroker broker;
    private String bootstrapServers;
    private volatile boolean started;
    private boolean closed;

    /// @param root the project's folder
    /// @param onDeath is told, once per process, when one ends that was not asked to
    Line(Path root, WorkFolder work, HttpClient http, Consumer<String> onDeath) {
        this.root = root;
        this.work = work;
        this.http = http;
        this.onDeath = onDeath;
    }

    /// Starts a broker of our own.
    void startBroker() throws IOException {
        try {
            ChildBroker started = ChildBroker.start(work.broker());
            ProcessHandle handle = ProcessHandle.of(started.pid()).orElseThrow();
            synchronized (this) {
                broker = started;
                bootstrapServers = started.bootstrapServers();
                work.children().add(handle);
            }
            watch(
                    handle,
                    () -> "the broker ended; the end of " + started.log() + ":" + System.lineSeparator()
                            + LogTail.of(started.log()));
        } catch (BrokerException e) {
            throw new QuickstartException(e.getMessage(), e);
        }
    }

    /// Uses a broker that runs already.
    void useBroker(String servers) {
        bootstrapServers = servers;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /// Creates the topics that are missing.
    void createTopics() throws InterruptedException {
        try (var admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "default.api.timeout.ms",
                20_000,
                "request.timeout.ms",
                15_000))) {
            new TopicCreator(admin).createMissing(TopicSpec.all(Topics.DEFAULTS));
        } catch (ExecutionException e) {
            throw new QuickstartException(
                    "the topics cannot be created at " + bootstrapServers + ": "
                            + e.getCause().getMessage(),
                    e);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw new QuickstartException("no Kafka at " + bootstrapServers + ": " + e.getMessage(), e);
        }
    }

    /// Starts the services at once and waits until all answer; one whose port is taken gets another.
    void startServices() throws IOException, InterruptedException {
        for (Service service : Service.values()) {
            start(service, Ports.freeOr(service.port()));
        }
        for (Service service : Service.values()) {
            while (!service(service).awaitUp(http)) {
                start(service, Ports.any());
            }
        }
        started = true;
    }

    private synchronized void start(Service service, int port) throws IOException, InterruptedException {
        if (closed) {
            throw new InterruptedException("stopped while starting");
        }
        var environment = new Environment(bootstrapServers, work);
        ServiceProcess process = ServiceProcess.start(service, port, root, work.logs(), environment.of(service));
        services.put(service, process);
        work.children().add(process.handle());
        watch(process.handle(), process::death);
    }

    /// Kills a service without warning and starts it again on the same port.
    void killAndRestart(Service service) throws IOException, InterruptedException {
        ServiceProcess killed;
        synchronized (this) {
            killed = services.remove(service);
        }
        killed.kill();
        start(service, killed.address().getPort());
        if (!service(service).awaitUp(http)) {
            throw new QuickstartException(service(service).death());
        }
    }

    URI address(Service service) {
        return service(service).address();
    }

    private synchronized ServiceProcess service(Service service) {
        return services.get(service);
    }

    private void watch(ProcessHandle process, java.util.function.Supplier<String> death) {
        Thread.ofVirtual().start(() -> {
            process.onExit().join();
            // Before that, whoever waits for the start finds out.
            if (started && isOurs(process)) {
                onDeath.accept(death.get());
            }
        });
    }

    private synchronized boolean isOurs(ProcessHandle process) {
        boolean isService =
                services.values().stream().anyMatch(each -> each.handle().equals(process));
        boolean isBroker = Optional.ofNullable(broker)
                .filter(each -> each.pid() == process.pid())
                .isPresent();
        return !closed && (isService || isBroker);
    }

    @Override
    public void close() {
        Map<Service, ServiceProcess> toStop;
        synchronized (this) {
            closed = true;
            toStop = new EnumMap<>(services);
        }
        toStop.values().forEach(ServiceProcess::requestStop);
        toStop.values().forEach(ServiceProcess::close);
        ChildBroker last;
        synchronized (this) {
            last = broker;
        }
        if (last != null) {
            last.close();
        }
    }
}
