// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A user that is given to one process until it is closed. For as long a UDP port is bound at the loopback address that its number
 * spells: the system lets one process on a host have that, and takes it back from a container that was killed.
 */
public final class HeldUser implements AutoCloseable {
    /** Below those that the system gives to whoever asks for any. */
    private static final int PORT = 14_999;

    private final int number;
    private final DatagramChannel claim;
    private final Consumer<HeldUser> release;

    private HeldUser(int number, DatagramChannel claim, Consumer<HeldUser> release) {
        this.number = number;
        this.claim = claim;
        this.release = release;
    }

    /** Takes a user; empty when another process of a container on this host has it. */
    static Optional<HeldUser> take(int number, Consumer<HeldUser> release) {
        try {
            DatagramChannel claim = DatagramChannel.open(StandardProtocolFamily.INET);
            try {
                claim.bind(new InetSocketAddress(address(number), PORT));
                return Optional.of(new HeldUser(number, claim, release));
            } catch (IOException e) {
                claim.close();
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No socket can be opened to hold a user: " + e.getMessage(), e);
        }
    }

    private static InetAddress address(int number) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }

    /** Answers its number, which is that of its group too. */
    public int number() {
        return number;
    }

    /** Gives it back. Once more does nothing. */
    @Override
    public void close() {
        if (claim.isOpen()) {
            try {
                claim.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            release.accept(this);
        }
    }
}
