// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.load;

import dev.mortise.itests.harness.Answer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * A connection that is kept alive. Unlike the client of the JDK it never sends a request a second time, so a connection
 * that the server closes under a request shows; and it costs little beside the server that is measured.
 */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(60).toMillis();

    private final Socket socket;
    private final InputStream in;

    private KeptConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static KeptConnection open(URI base) throws IOException {
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new KeptConnection(socket);
    }

    Answer send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        return HttpAnswer.read(in);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
