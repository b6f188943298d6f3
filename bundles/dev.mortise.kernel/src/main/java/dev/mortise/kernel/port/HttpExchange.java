// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import java.util.Optional;

/** One HTTP exchange as the server hands it over: raw, nothing decoded but the framing. */
public interface HttpExchange {
    /** Answers the method as sent. */
    String method();

    /** Answers the path as sent, percent-encoded. */
    String rawPath();

    /** Answers the query as sent, without the question mark. */
    Optional<String> rawQuery();

    /** Answers the fields as sent. */
    Headers headers();

    /**
     * Answers the content; reading it blocks and enforces the body limit.
     *
     * @throws dev.mortise.api.error.MortiseException PAYLOAD_TOO_LARGE when more is announced
     */
    Body body();

    /** Answers the content for a handler that itself bounds what it takes from the stream. */
    Body unboundedBody();

    /** Answers the peer's address. */
    String clientAddress();

    /**
     * Answers the exchange and tells what became of that; it has one answer. A streaming body is written on the calling
     * thread, and whoever hands over an answer that is {@link Delivery.Unwritable} hands over another one.
     */
    Delivery respond(Response response);

    /**
     * Closes the connection to the client under an answer that another thread is still writing: its writes fail from then
     * on. From any thread, without blocking.
     */
    void abort();
}
