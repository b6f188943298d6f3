// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A listener whose requests a test answers. */
record Served(Listener listener, ExecutorService threads) implements AutoCloseable {
    static final Bounds BOUNDS = new Bounds(8, 8 * 1024, 10, Duration.ofSeconds(30));

    /** Answers one request. */
    interface Answering {
        void answer(Exchange exchange) throws IOException;
    }

    static Served by(Answering answering) throws IOException {
        return by(BOUNDS, answering);
    }

    static Served by(Bounds bounds, Answering answering) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Served served = new Served(Listener.bind(any, bounds, threads), threads);
        served.listener.begin(new Calls() {
            @Override
            public void answer(Exchange exchange) throws IOException {
                answering.answer(exchange);
            }

            @Override
            public Response refusal(ErrorCode code, String detail) {
                return new Response(code.status(), Headers.none(), Body.of(code + ": " + detail));
            }
        });
        return served;
    }

    /** Answers 200 with a text of known length. */
    static void ok(Exchange exchange, String text) throws IOException {
        Body body = Body.of(text);
        try (var out = exchange.answerWith(200, Headers.none(), body.length())) {
            body.writeTo(out);
        }
    }

    Raw connect() throws IOException {
        return Raw.connect(listener.port());
    }

    /** Ends it; tells whether all threads ended, too. */
    boolean end() throws InterruptedException {
        listener.close();
        threads.shutdownNow();
        return threads.awaitTermination(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        end();
    }
}
