// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mortise.itests.harness.Client;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request over HTTP/2 that holds exactly the fields that a test wants (RFC 9113): nothing is checked, and fields are
 * literals without index (RFC 7541, section 6.2.2).
 */
final class Http2Request implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 1;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final String authority;

    private Http2Request(Socket socket, String authority) throws IOException {
        this.socket = socket;
        this.authority = authority;
        this.out = new DataOutputStream(socket.getOutputStream());
        this.in = new DataInputStream(socket.getInputStream());
    }

    static Http2Request to(Client client) throws IOException {
        Socket socket = new Socket(client.base().getHost(), client.base().getPort());
        socket.setSoTimeout(60_000);
        return new Http2Request(socket, client.base().getAuthority());
    }

    /** Answers the content of the answer, or what ended the stream or the connection in its place. */
    String get(String path, Map<String, String> fields, List<String[]> more) throws IOException {
        begin(path, fields, more);
        return end();
    }

    private void begin(String path, Map<String, String> fields, List<String[]> more) throws IOException {
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        frame(SETTINGS, 0, 0, new byte[0]);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        literal(block, ":method", "GET");
        literal(block, ":scheme", "http");
        literal(block, ":path", path);
        literal(block, ":authority", authority);
        fields.forEach((name, value) -> literal(block, name.toLowerCase(Locale.ROOT), value));
        more.forEach(field -> literal(block, field[0], field[1]));
        frame(HEADERS, END_HEADERS | END_STREAM, STREAM, block.toByteArray());
    }

    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    private String end() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int high = in.read(); high >= 0; high = in.read()) {
            int length = high << 16 | in.readUnsignedShort();
            int type = in.read();
            int flags = in.read();
            in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == DATA) {
                content.writeBytes(payload);
            }
            boolean answered = (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
            if (answered || type == GOAWAY || type == RESET) {
                break;
            }
        }
        return content.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
