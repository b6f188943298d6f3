// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which a test sends exactly the bytes that it wants. */
final class RawConnection implements Closeable {
    private final Socket socket;
    private final InputStream in;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    RawConnection endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads one answer to its end. */
    Answer read() throws IOException {
        return read("GET");
    }

    Answer read(String method) throws IOException {
        Answer start = readStart();
        boolean bare = method.equals("HEAD") || start.status() == 204 || start.status() == 304;
        return bare ? start : new Answer(start.status(), start.fields(), content(start.fields()));
    }

    /** Reads status and fields of an answer, not its content. */
    Answer readStart() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.merge(
                    line.substring(0, colon),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + "," + second);
        }
        return new Answer(status, fields, "");
    }

    private String content(Map<String, String> fields) throws IOException {
        if ("chunked".equals(fields.get("Transfer-Encoding"))) {
            return chunksToTheEnd();
        }
        String length = fields.get("Content-Length");
        byte[] bytes = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        boolean coded = fields.containsKey("Content-Encoding");
        return new String(bytes, coded ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    String chunksToTheEnd() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            all.append(chunk);
        }
        return all.toString();
    }

    /** Reads one chunk, or the empty text at the end. The line end behind a chunk comes with the next one. */
    String chunk() throws IOException {
        String line = line();
        int length = Integer.parseInt(line.isEmpty() ? line() : line, 16);
        byte[] bytes = in.readNBytes(length);
        if (length == 0) {
            line();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed after '" + bytes + "'");
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Reads some bytes; false when the server has closed the connection. */
    boolean readSome(int most) throws IOException {
        try {
            return in.readNBytes(most).length == most;
        } catch (SocketException reset) {
            return false;
        }
    }

    /** Tells whether the server has closed the connection; waits for it. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Answer(int status, Map<String, String> fields, String body) {
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }
}
