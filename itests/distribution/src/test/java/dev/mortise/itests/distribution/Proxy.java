// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A piece of network between two TCP ports of this machine, which can swallow what is sent and be cut. */
final class Proxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private boolean stopped;

    Proxy(int target) throws IOException {
        this.target = target;
        thread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Holds back every byte, in both directions, of new connections too. */
    void swallow() {
        set(true);
    }

    /** Lets bytes through again, those that were held back first. */
    void letThrough() {
        set(false);
    }

    /** Breaks all connections. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        letThrough();
        cut();
    }

    private void set(boolean value) {
        lock.lock();
        try {
            stopped = value;
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitFlow() throws InterruptedException {
        lock.lock();
        try {
            while (stopped) {
                flows.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(server);
            thread(() -> copy(client, server));
            thread(() -> copy(server, client));
        }
    }

    private void copy(Socket from, Socket to) throws IOException, InterruptedException {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow();
                to.getOutputStream().write(buffer, 0, read);
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // it was cut or closed
                        return;
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
