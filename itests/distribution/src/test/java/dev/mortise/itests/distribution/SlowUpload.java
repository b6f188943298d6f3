// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.itests.harness.Client;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;

/** The upload of a jar that stops in the middle until it is told to go on. */
record SlowUpload(Socket socket, byte[] rest) implements AutoCloseable {
    /** Sends the first half. */
    static SlowUpload begin(Client admin, byte[] jar) throws IOException {
        URI base = admin.base();
        int half = jar.length / 2;
        Socket socket = new Socket(base.getHost(), base.getPort());
        StringBuilder head = new StringBuilder("POST " + Operator.PLUGINS + " HTTP/1.1\r\nConnection: close\r\n");
        head.append("Host: " + base.getAuthority() + "\r\nContent-Type: application/java-archive\r\n");
        admin.fields().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + jar.length + "\r\n\r\n");
        socket.getOutputStream().write(head.toString().getBytes(UTF_8));
        socket.getOutputStream().write(jar, 0, half);
        return new SlowUpload(socket, Arrays.copyOfRange(jar, half, jar.length));
    }

    /** Sends the rest and answers the whole answer. */
    String finish() throws IOException {
        socket.getOutputStream().write(rest);
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
