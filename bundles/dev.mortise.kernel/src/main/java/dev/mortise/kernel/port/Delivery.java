// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

/** What became of an answer that was handed to an {@link HttpExchange}. */
public sealed interface Delivery {
    Delivery SENT = new Sent();
    Delivery LATE = new Late();

    /** It is on its way to the client. */
    record Sent() implements Delivery {}

    /** Another answer was first; this one has no effect. */
    record Late() implements Delivery {}

    /** Nothing of it was sent, because it can't be: the exchange still waits for an answer. */
    record Unwritable(Throwable fault) implements Delivery {}

    /**
     * It ended in its midst, and the connection is closed.
     *
     * @param byClient the client left, or took nothing any more; otherwise what writes the answer failed
     */
    record BrokenOff(Throwable fault, boolean byClient) implements Delivery {}
}
