package io.caracal.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The properties of one node that is broker and controller at once and serves this machine only.
///
/// @param folder where the node keeps everything
/// @param port for clients
/// @param controllerPort for the node itself
record BrokerSettings(Path folder, int port, int controllerPort) {
    /// The largest record batch the broker takes: an image of 10 MiB and 2 MiB for headers and framing. Each topic sets
    /// its own limit below this.
    static final int MAX_MESSAGE_BYTES = 12 * 1024 * 1024;

    /// Writes `server.properties` into the folder.
    Path write() throws IOException {
        Files.createDirectories(folder);
        return Files.write(folder.resolve("server.properties"), lines());
    }

    private List<String> lines() {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name=PLAINTEXT",
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + folder.resolve("data").toString().replace("\\", "\\\\"),
                "auto.create.topics.enable=false",
                "message.max.bytes=" + MAX_MESSAGE_BYTES,
                "replica.fetch.max.bytes=" + MAX_MESSAGE_BYTES,
                // Requests wait in the heap: bounded by bytes, because one may be 12 MiB.
                "socket.request.max.bytes=67108864",
                "queued.max.request.bytes=67108864",
                // One node: nothing can be replicated.
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "offsets.topic.num.partitions=5",
                "transaction.state.log.num.partitions=5",
                "share.coordinator.state.topic.num.partitions=5",
                // Quick to start, to notice a dead member and to come back.
                "group.initial.rebalance.delay.ms=0",
                "broker.session.timeout.ms=4000",
                "broker.heartbeat.interval.ms=1000",
                "log.cleaner.dedupe.buffer.size=2097152");
    }
}
