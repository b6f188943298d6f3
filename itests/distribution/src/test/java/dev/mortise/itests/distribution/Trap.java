// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of all addresses of this machine to which nobody may come. */
final class Trap implements AutoCloseable {
    private final ServerSocket socket;
    private final Set<Integer> callers = ConcurrentHashMap.newKeySet();

    private Trap(ServerSocket socket) {
        this.socket = socket;
    }

    static Trap set() throws IOException {
        Trap trap = new Trap(new ServerSocket(0));
        Thread thread = new Thread(trap::listen, "trap");
        thread.setDaemon(true);
        thread.start();
        return trap;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Answers how many came; a connection of its own, taken after all earlier ones, shows that it would have seen them. */
    int caught() throws IOException {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port())) {
            Wait.until("the trap works", () -> callers.contains(probe.getLocalPort()));
            callers.remove(probe.getLocalPort());
        }
        return callers.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void listen() {
        try {
            while (true) {
                try (Socket caller = socket.accept()) {
                    callers.add(caller.getPort());
                }
            }
        } catch (SocketException closed) {
            return; // the test is over
        } catch (IOException e) {
            throw new IllegalStateException("The trap is broken.", e);
        }
    }
}
