package io.caracal.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildBrokerTest {
    private static final String TOPIC = "letters";

    @TempDir
    Path folder;

    @Test
    void keepsCommittedRecordsAcrossKillAndStop() throws Exception {
        try (var broker = ChildBroker.start(folder)) {
            // Given a broker that answers a transactional producer as soon as start() has returned
            createTopic(broker);
            sendInTransaction(broker, "a");

            // When it dies, comes back, stops and comes back
            broker.kill();
            boolean aliveAfterKill = broker.isAlive();
            broker.restart();
            sendInTransaction(broker, "b");
            broker.stop();
            boolean aliveAfterStop = broker.isAlive();
            broker.restart();

            // Then nothing is lost
            assertThat(aliveAfterKill).isFalse();
            assertThat(aliveAfterStop).isFalse();
            assertThat(readCommitted(broker, 2)).containsExactly("a", "b");
        }
    }

    @Test
    void closesMoreThanOnce() {
        // Given
        var broker = ChildBroker.start(folder);
        long pid = broker.pid();

        // When
        broker.close();
        broker.close();

        // Then
        assertThat(broker.isAlive()).isFalse();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(broker.log()).content().contains("shut down completed");
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Given a port that something listens on
            int port = socket.getLocalPort();

            // When, Then
            assertThatThrownBy(() -> ChildBroker.start(folder, port))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("port " + port + " is in use");
        }
    }

    @Test
    void diesWithItsParent() throws Exception {
        // Given a process that has started a broker
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = parent.inputReader(StandardCharsets.UTF_8).readLine();
        ProcessHandle broker = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

        // When it is killed
        parent.destroyForcibly();

        // Then so ends the broker, in good order
        broker.onExit().get(60, TimeUnit.SECONDS);
        assertThat(folder.resolve("broker.log")).content().contains("shut down completed");
    }

    @Test
    void saysInOneLineThatTheJarsAreMissing() throws Exception {
        // Given a project without a build
        Optional<String> root = Optional.ofNullable(System.getProperty(BrokerClassPath.ROOT));

        // When
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + BrokerClassPath.ROOT + "=" + folder,
                        "-cp",
                        copyOfTheClasses().toString(),
                        Parent.class.getName(),
                        folder.resolve("broker").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(root).isPresent();
        assertThat(output).contains("BrokerException: the broker's jars are missing: build the module broker");
    }

    /// Starts a broker, says its process id and waits to be killed.
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            try (var broker = ChildBroker.start(Path.of(arguments[0]))) {
                System.out.println(broker.pid());
                System.out.flush();
                new CountDownLatch(1).await();
            }
        }
    }

    private Path copyOfTheClasses() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        for (Class<?> type : List.of(
                Parent.class,
                ChildBroker.class,
                BrokerException.class,
                BrokerClassPath.class,
                BrokerSettings.class,
                BrokerMain.class,
                Ports.class)) {
            String name = type.getName().replace('.', '/') + ".class";
            Path copy = elsewhere.resolve(name);
            Files.createDirectories(copy.getParent());
            try (var in = type.getClassLoader().getResourceAsStream(name)) {
                Files.copy(in, copy);
            }
        }
        return elsewhere;
    }

    private static void createTopic(ChildBroker broker) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void sendInTransaction(ChildBroker broker, String value) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer", "max.block.ms", "15000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>(TOPIC, value));
            producer.commitTransaction();
            assertThat(sent).isDone();
        }
    }

    private static List<String> readCommitted(ChildBroker broker, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            consumer.seekToBeginning(consumer.assignment());
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
