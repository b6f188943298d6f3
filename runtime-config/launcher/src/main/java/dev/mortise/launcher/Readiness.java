// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.home.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Asks the HTTP surface of this container whether it is ready; over a plain socket, because a client costs start-up time. */
record Readiness(Home home, String host) {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int TIMEOUT_MILLIS = 2_000;

    /** Return the address once /health/ready answers 200; nothing after the deadline or when waiting makes no sense. */
    Optional<String> await(Duration deadline, BooleanSupplier worthWaiting) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (System.nanoTime() < end && worthWaiting.getAsBoolean()) {
            Optional<Integer> port = port();
            if (port.isPresent() && isReady(port.get())) {
                return Optional.of(address(port.get()));
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return Optional.empty();
    }

    private Optional<Integer> port() {
        try {
            return Optional.of(Files.readString(home.httpPort()).strip())
                    .filter(text -> text.matches("\\d{1,5}"))
                    .map(Integer::valueOf);
        } catch (IOException notWrittenYet) {
            return Optional.empty();
        }
    }

    private boolean isReady(int port) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(reachable(), port), TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(start, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException notListening) {
            return false;
        }
    }

    private InetAddress reachable() throws IOException {
        InetAddress address = InetAddress.getByName(host);
        return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    }

    private String address(int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
