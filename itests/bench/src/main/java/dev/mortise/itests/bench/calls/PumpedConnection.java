// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/** One connection with one request at a time on it. */
final class PumpedConnection implements AutoCloseable {
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] OK = "http/1.1 200 ".getBytes(US_ASCII);

    private final SocketChannel channel;
    private final List<ByteBuffer> requests;
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST_ANSWER);
    private int turn;
    private long sent;

    private PumpedConnection(SocketChannel channel, List<ByteBuffer> requests, int turn) {
        this.channel = channel;
        this.requests = requests;
        this.turn = turn;
    }

    static PumpedConnection open(Lane lane, int number, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(
                new InetSocketAddress(lane.base().getHost(), lane.base().getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        List<ByteBuffer> requests =
                lane.requests().stream().map(PumpedConnection::direct).toList();
        PumpedConnection connection = new PumpedConnection(channel, requests, number);
        channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Sends the next request. */
    void send() throws IOException {
        ByteBuffer request = requests.get(turn % requests.size());
        turn += Pump.CONNECTIONS;
        request.rewind();
        in.clear();
        sent = System.nanoTime();
        channel.write(request);
        if (request.hasRemaining()) {
            throw new IOException("A request does not fit the socket.");
        }
    }

    /** Reads what is here; tells whether the answer is whole, and counts it then. */
    boolean answered(Micros micros) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("The server closed a connection under a request: " + text());
        }
        int fields = find(END, 0, in.position());
        if (fields < 0) {
            return false;
        }
        if (find(OK, 0, OK.length) != 0) {
            throw new IOException("A request was not answered with 200: " + text());
        }
        if (in.position() < fields + END.length + contentLength(fields)) {
            return false;
        }
        micros.count(System.nanoTime() - sent);
        return true;
    }

    private int contentLength(int end) throws IOException {
        int at = find(LENGTH, 0, end);
        if (at < 0) {
            throw new IOException("An answer has no length: " + text());
        }
        int length = 0;
        for (int i = at + LENGTH.length; in.get(i) != '\r'; i++) {
            if (in.get(i) != ' ') {
                length = 10 * length + in.get(i) - '0';
            }
        }
        return length;
    }

    /** Looks for lower-case text in any case. */
    private int find(byte[] text, int from, int to) {
        for (int start = from; start <= to - text.length; start++) {
            int same = 0;
            while (same < text.length && lower(in.get(start + same)) == text[same]) {
                same++;
            }
            if (same == text.length) {
                return start;
            }
        }
        return -1;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    private String text() {
        byte[] bytes = new byte[in.position()];
        in.get(0, bytes);
        return new String(bytes, US_ASCII);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
