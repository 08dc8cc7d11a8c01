package io.caracal.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Finds a port that nothing listens on.
final class Ports {

    private Ports() {}

    /// The wanted port, or any other if that one is taken.
    static int freeOr(int wanted) throws IOException {
        return isFree(wanted) ? wanted : any();
    }

    static int any() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // Taken on any address is taken: a service of somebody else would answer in our place.
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
