// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A port that is given to one worker until it is closed. Its UDP twin on loopback is bound as long: the system lets one process
 * on a host have that, so that containers never give the same port, and takes it back from one that was killed.
 */
public final class HeldPort implements AutoCloseable {
    private final int number;
    private final DatagramChannel twin;
    private final Consumer<HeldPort> release;

    private HeldPort(int number, DatagramChannel twin, Consumer<HeldPort> release) {
        this.number = number;
        this.twin = twin;
        this.release = release;
    }

    /** Takes a port; null when another container has it or something listens there. */
    static @Nullable HeldPort take(int number, Consumer<HeldPort> release) {
        DatagramChannel twin = bindTwin(number);
        if (twin == null) {
            return null;
        }
        if (isFree(number)) {
            return new HeldPort(number, twin, release);
        }
        close(twin);
        return null;
    }

    private static @Nullable DatagramChannel bindTwin(int number) {
        try {
            DatagramChannel twin = DatagramChannel.open();
            try {
                return twin.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            } catch (IOException e) {
                close(twin);
                return null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No socket can be opened to hold a port: " + e.getMessage(), e);
        }
    }

    /** Tells whether a program could listen there, by listening for a moment. */
    public static boolean isFree(int number) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(DatagramChannel twin) {
        try {
            twin.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers its number. */
    public int number() {
        return number;
    }

    /** Gives it back. Once more does nothing. */
    @Override
    public void close() {
        if (twin.isOpen()) {
            close(twin);
            release.accept(this);
        }
    }
}
