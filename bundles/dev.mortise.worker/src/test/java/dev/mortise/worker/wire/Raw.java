// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** The other side of a connection, which says what it likes. */
record Raw(Socket socket) implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    static Raw connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Raw(socket);
    }

    Raw send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Sends a request with Host and these lines of fields. */
    Raw request(String line, String... fields) throws IOException {
        StringBuilder text = new StringBuilder(line).append(" HTTP/1.1\r\nHost: a\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return send(text + "\r\n");
    }

    /** Reads up to and with a text. */
    String until(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(end) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("The connection ended after: " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    /** Reads until the other side has ended. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
