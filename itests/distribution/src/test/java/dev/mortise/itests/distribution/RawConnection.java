// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mortise.itests.harness.Client;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A connection to the product on which a test sends exactly the bytes that it wants. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int PIECE = 4096;

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawConnection to(Client client) throws IOException {
        Socket socket = new Socket(client.base().getHost(), client.base().getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new RawConnection(socket);
    }

    /** Answers the fields of a client as lines, with Host. */
    static String fields(Client client) {
        return "Host: " + client.base().getAuthority() + "\r\n"
                + client.fields().entrySet().stream()
                        .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                        .collect(Collectors.joining());
    }

    /** Answers a whole request without content. */
    static String get(Client client, String path) {
        return "GET " + path + " HTTP/1.1\r\n" + fields(client) + "\r\n";
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends it in pieces, and no more when an answer is there or the server does not take it. */
    RawConnection sendUntilAnswered(String text) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        try {
            for (int at = 0; at < bytes.length && in.available() == 0; at += PIECE) {
                socket.getOutputStream().write(bytes, at, Math.min(PIECE, bytes.length - at));
            }
        } catch (SocketException closed) {
            // the answer tells
        }
        return this;
    }

    /** Reads one answer to a request that is no HEAD, to its end. */
    Reply read() throws IOException {
        Reply start = readStart();
        return start.status() == 204 || start.status() == 304 ? start : start.with(content(start));
    }

    /** Reads status and fields of an answer. */
    Reply readStart() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + "," + b);
        }
        return new Reply(status, fields, "");
    }

    private String content(Reply start) throws IOException {
        if (!start.fields().containsKey("Transfer-Encoding")) {
            return new String(in.readNBytes(Integer.parseInt(start.field("Content-Length"))), ISO_8859_1);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            all.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return all.toString(ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed after '" + line + "'");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /** Reads some of what comes; less than one means that the server has closed the connection. */
    int readSome(byte[] target) throws IOException {
        try {
            return in.read(target);
        } catch (SocketException reset) {
            return -1;
        }
    }

    /** Reads until a text has come; false when the server closes the connection before. */
    boolean readUntil(String text) throws IOException {
        StringBuilder come = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            come.append((char) next);
            if (come.indexOf(text) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the server has closed the connection; waits for that or a byte. */
    boolean isClosed() throws IOException {
        return readSome(new byte[1]) < 0;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Reply(int status, Map<String, String> fields, String body) {
        String field(String name) {
            return fields.getOrDefault(name, "");
        }

        Reply with(String content) {
            return new Reply(status, fields, content);
        }
    }
}
