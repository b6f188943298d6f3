// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does what a test says, byte by byte, on one thread for each connection. */
final class RawPeer implements Closeable {
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    final List<List<String>> heads = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
    private final Conversation conversation;

    @FunctionalInterface
    interface Conversation {
        void hold(Talk talk) throws IOException;
    }

    RawPeer(Conversation conversation) throws IOException {
        this.conversation = conversation;
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread acceptor = new Thread(this::accept, "raw-peer");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Answers every request alike, on as many connections as come. */
    static RawPeer answering(String answer) throws IOException {
        return new RawPeer(talk -> {
            while (!talk.readHead().isEmpty()) {
                talk.write(answer);
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread thread = new Thread(() -> talk(socket), "raw-talk");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            conversation.hold(new Talk(socket));
        } catch (IOException gone) {
            // The other side left, which its test looks at.
        } finally {
            ended.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One connection. */
    final class Talk {
        final Socket socket;
        final InputStream in;
        final OutputStream out;

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /** Reads request line and fields; nothing at the end of the connection. */
        List<String> readHead() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                lines.add(line);
            }
            if (!lines.isEmpty()) {
                heads.add(lines);
            }
            return lines;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        String read(int bytes) throws IOException {
            return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }

        /** Reads one chunk; the empty text is the last. The end of its line may come with the next one only. */
        String readChunk() throws IOException {
            String size = line();
            return read(Integer.parseInt(size.isEmpty() ? line() : size, 16));
        }

        Talk write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        /** Waits until the other side closes. */
        void readToEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
