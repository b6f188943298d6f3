// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Gateways that stand in for the real one. */
final class Gateways {
    private Gateways() {}

    /** Answers this, and 500 where it can't be written. */
    static HttpGateway writing(Response answer) {
        return exchange -> {
            if (exchange.respond(answer) instanceof Delivery.Unwritable unwritable) {
                exchange.respond(new Response(
                        500, Headers.none(), Body.of(unwritable.fault().getMessage())));
            }
        };
    }

    /** Reads the body and answers what the function makes of it; refusals are answered as the real gateway does. */
    static HttpGateway reading(Function<ByteBuffer, Response> answer) {
        return answering(exchange -> answer.apply(exchange.body().buffer()));
    }

    /** Answers what the function makes of a body without limit. */
    static HttpGateway passing(Reader reader) {
        return answering(exchange -> Response.text(String.valueOf(reader.read(exchange.unboundedBody()))));
    }

    /** Counts the bytes of a body as they come. */
    static long count(Body body) throws IOException {
        try (InputStream in = body.stream()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Makes something of a body. */
    interface Reader {
        Object read(Body body) throws IOException;
    }

    private interface Answering {
        Response to(HttpExchange exchange) throws IOException;
    }

    private static HttpGateway answering(Answering answering) {
        return exchange -> {
            try {
                exchange.respond(answering.to(exchange));
            } catch (MortiseException refusal) {
                exchange.respond(new Refusal(refusal.code(), refusal.getMessage()).response());
            } catch (IOException e) {
                exchange.respond(Response.status(500));
            }
        };
    }

    /** Reads the body and answers how long it is. */
    static HttpGateway readingLength() {
        return reading(bytes -> Response.text(String.valueOf(bytes.remaining())));
    }

    /** Takes its time before the other gateway gets the exchange. */
    static HttpGateway after(Duration time, HttpGateway gateway) {
        return exchange -> {
            pause(time);
            gateway.handle(exchange);
        };
    }

    static void pause(Duration time) {
        waitFor(new CountDownLatch(1), time);
    }

    static boolean waitFor(CountDownLatch latch) {
        return waitFor(latch, Duration.ofSeconds(10));
    }

    private static boolean waitFor(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
