// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Unread;
import dev.mortise.worker.wire.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answer to one exchange, given once: by the handler, or by somebody else in its place. */
final class Answer {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    /** What the server writes itself. */
    private static final Set<String> OF_THE_SERVER =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "upgrade", "te");

    private final Exchange exchange;
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile boolean begun;

    Answer(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Tells whether a byte of it may have been sent. */
    boolean begun() {
        return begun;
    }

    /** Takes the right to give it; true once. */
    boolean claim() {
        return given.compareAndSet(false, true);
    }

    /**
     * Gives it; called after {@link #claim}, and once more when nothing was begun because the body failed at once.
     *
     * @throws IOException when it breaks off in its midst; the connection must be closed then, so that nobody takes what was
     *     sent for the whole
     */
    void give(Response response) throws IOException {
        Body body = response.body();
        boolean head = exchange.method().equals("HEAD");
        if (head || response.status() == NO_CONTENT || response.status() == NOT_MODIFIED) {
            Unread.discard(body);
            begun = true;
            exchange.answer(response.status(), sent(response), head ? body.length() : OptionalLong.empty());
        } else {
            write(response);
        }
    }

    private void write(Response response) throws IOException {
        try (Sink sink = new Sink(response)) {
            response.body().writeTo(sink);
            sink.whole = true;
        }
    }

    /** Gives it in the place of the thread that read the request, which nobody waits for any more. */
    void giveInstead(Response response) throws IOException {
        exchange.last();
        give(response);
    }

    private static Headers sent(Response response) {
        Headers headers = response.headers();
        Set<String> ofTheHop = headers.all("Connection").stream()
                .flatMap(options -> Arrays.stream(options.split(",", -1)))
                .map(option -> option.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Map<String, List<String>> sent = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            String plain = name.toLowerCase(Locale.ROOT);
            // what Connection names is for one connection only (RFC 9110, section 7.6.1)
            if (!OF_THE_SERVER.contains(plain) && !ofTheHop.contains(plain)) {
                sent.put(name, values);
            }
        });
        return Headers.of(sent);
    }

    /** Sends status and fields with the first byte, so that a body which fails at once can still be answered otherwise. */
    private final class Sink extends OutputStream {
        private final Response response;
        private @Nullable OutputStream content;
        private boolean whole;

        Sink(Response response) {
            this.response = response;
        }

        private OutputStream open() throws IOException {
            OutputStream open = content;
            if (open == null) {
                begun = true;
                open = exchange.answerWith(
                        response.status(), sent(response), response.body().length());
                content = open;
            }
            return open;
        }

        @Override
        public void write(int octet) throws IOException {
            open().write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            open().write(bytes, offset, count);
        }

        @Override
        public void flush() throws IOException {
            open().flush();
        }

        @Override
        public void close() throws IOException {
            // A closed stream ends the answer; one that broke off must not look like a whole one.
            if (whole) {
                open().close();
            }
        }
    }
}
