// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** One HTTP/2 connection that begins with the preface. */
final class Http2Call implements AutoCloseable {
    private final HTTP2Client client;
    private final Session session;
    private final int port;
    private final Executor demands;
    private final List<Integer> resets = new CopyOnWriteArrayList<>();

    private Http2Call(HTTP2Client client, Session session, int port, Executor demands) {
        this.client = client;
        this.session = session;
        this.port = port;
        this.demands = demands;
    }

    static Http2Call to(int port) throws Exception {
        return taking(port, 64 * 1024);
    }

    /** Takes so many bytes of fields. */
    static Http2Call taking(int port, int fieldBytes) throws Exception {
        HTTP2Client client = new HTTP2Client();
        client.setMaxResponseHeadersSize(fieldBytes);
        return to(port, client, Runnable::run);
    }

    /** Takes one byte of an answer, and after a while the next one. */
    static Http2Call reluctant(int port) throws Exception {
        HTTP2Client client = new HTTP2Client();
        client.setInitialStreamRecvWindow(1);
        return to(port, client, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
    }

    private static Http2Call to(int port, HTTP2Client client, Executor demands) throws Exception {
        client.start();
        Session session = client.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new Session.Listener() {})
                .get(10, TimeUnit.SECONDS);
        return new Http2Call(client, session, port, demands);
    }

    Answer send(String method, String target, String body) throws Exception {
        return begin(method, target, body).get(10, TimeUnit.SECONDS);
    }

    CompletableFuture<Answer> begin(String method, String target, String body) {
        return begin(method, target, body, part -> {});
    }

    CompletableFuture<Answer> begin(String method, String target, String body, Consumer<String> parts) {
        MetaData.Request request = new MetaData.Request(
                method, HttpURI.from("http://127.0.0.1:" + port + target), HttpVersion.HTTP_2, HttpFields.EMPTY);
        Receiver receiver = new Receiver(parts, resets, demands);
        return session.newStream(new HeadersFrame(request, null, body.isEmpty()), receiver)
                .thenCompose(stream -> {
                    if (!body.isEmpty()) {
                        ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
                        stream.data(new DataFrame(stream.getId(), bytes, true), Callback.NOOP);
                    }
                    return receiver.answer;
                });
    }

    @Override
    public void close() throws Exception {
        client.stop();
    }

    record Answer(int status, Map<String, String> fields, String body) {}

    /** Answers the errors of the resets that came. */
    List<Integer> resets() {
        return resets;
    }

    private static final class Receiver implements Stream.Listener {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final StringBuilder body = new StringBuilder();
        private final Map<String, String> fields = new TreeMap<>();
        private final Consumer<String> parts;
        private final List<Integer> resets;
        private final Executor demands;
        private volatile int status;

        Receiver(Consumer<String> parts, List<Integer> resets, Executor demands) {
            this.parts = parts;
            this.resets = resets;
            this.demands = demands;
        }

        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            MetaData.Response response = (MetaData.Response) frame.getMetaData();
            status = response.getStatus();
            response.getHttpFields().forEach(field -> fields.put(field.getLowerCaseName(), field.getValue()));
            if (frame.isEndStream()) {
                complete();
            } else {
                stream.demand();
            }
        }

        @Override
        public void onDataAvailable(Stream stream) {
            Stream.Data data = stream.readData();
            if (data == null) {
                stream.demand();
                return;
            }
            String part =
                    StandardCharsets.UTF_8.decode(data.frame().getByteBuffer()).toString();
            body.append(part);
            parts.accept(part);
            boolean last = data.frame().isEndStream();
            data.release();
            if (last) {
                complete();
            } else {
                demands.execute(stream::demand);
            }
        }

        @Override
        public void onReset(Stream stream, ResetFrame frame, Callback callback) {
            callback.succeeded();
            resets.add(frame.getError());
            answer.completeExceptionally(new IllegalStateException("reset with " + frame.getError()));
        }

        private void complete() {
            answer.complete(new Answer(status, fields, body.toString()));
        }
    }
}
