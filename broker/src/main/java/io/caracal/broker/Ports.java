package io.caracal.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/// Finds ports that nothing listens on.
///
/// They lie below the range that systems give to outgoing connections (32768 and up on Linux). A client that tries to
/// reconnect to a stopped broker inside that range can be given the broker's own port and keep it from coming back.
final class Ports {
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    /// @throws BrokerException if none was found
    static int free() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST + random.nextInt(COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new BrokerException("no free port between " + FIRST + " and " + (FIRST + COUNT - 1));
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
