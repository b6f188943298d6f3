// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

/** Answers HTTP exchanges. Implemented by the gateway, used by the HTTP bundle. */
public interface HttpGateway {
    /**
     * Answers the exchange, on the calling thread or later on another; each exchange is answered exactly once. The
     * caller's thread may block here while a plugin's handler runs.
     */
    void handle(HttpExchange exchange);

    /** Nobody is let in any more from now on: what could go on for ever is to end in order, soon; does not block. */
    default void closing() {}

    /** Takes note of what the listener answered in its place; does not block. */
    default void refused(RefusedExchange refused) {}
}
