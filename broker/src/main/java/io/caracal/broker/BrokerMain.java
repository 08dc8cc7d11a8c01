package io.caracal.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// Formats the storage if it is not formatted yet and runs one KRaft node, broker and controller, in this JVM.
///
/// Writes the line [#READY] to standard output once the node serves clients, and ends when standard input does, so that
/// it never outlives the process that started it. Logs go to standard error.
///
/// Arguments: the server's properties file, the cluster id.
public final class BrokerMain {
    static final String READY = "ready";

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream output = System.out;
        System.setOut(System.err);
        var properties = new Properties();
        try (var in = Files.newInputStream(Path.of(arguments[0]))) {
            properties.load(in);
        }
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        format(config, arguments[1]);

        var server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        try {
            server.startup();
        } catch (Exception e) {
            // Some of Kafka's threads are alive already and would keep the process.
            e.printStackTrace();
            Runtime.getRuntime().exit(1);
        }
        Thread.ofPlatform().daemon().name("parent-watch").start(BrokerMain::exitWithParent);
        output.write((READY + "\n").getBytes(StandardCharsets.UTF_8));
        output.flush();
        server.awaitShutdown();
    }

    private static void format(KafkaConfig config, String clusterId) throws Exception {
        var formatter = new Formatter()
                .setClusterId(clusterId)
                .setNodeId(config.nodeId())
                .setIgnoreFormatted(true)
                .setControllerListenerName(config.controllerListenerNames().get(0))
                .setMetadataLogDirectory(config.metadataLogDir());
        config.logDirs().forEach(formatter::addDirectory);
        formatter.addDirectory(config.metadataLogDir());
        formatter.run();
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent sends nothing; only the end of the stream says something.
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the pipe from the parent process broke", e);
        } finally {
            Runtime.getRuntime().exit(0);
        }
    }
}
