// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Ends an exchange when two things have happened, in any order: its answer is written, and the handler's thread is back.
 * An answer from elsewhere, such as 504 from a timer, reaches the client at once; but ending the exchange makes Jetty
 * consume what is left of the request, which must not happen under a thread that may still be reading it.
 */
final class Completion implements Callback {
    private static final int WRITTEN = 1;
    private static final int RETURNED = 2;
    private static final int BOTH = WRITTEN | RETURNED;

    private final Callback exchange;
    private final Runnable beforeEnd;
    private final AtomicInteger happened = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Completion(Callback exchange, Runnable beforeEnd) {
        this.exchange = exchange;
        this.beforeEnd = beforeEnd;
    }

    @Override
    public void succeeded() {
        happened(WRITTEN);
    }

    @Override
    public void failed(Throwable reason) {
        failure = reason;
        happened(WRITTEN);
    }

    void handlerReturned() {
        happened(RETURNED);
    }

    boolean hasHandlerReturned() {
        return (happened.get() & RETURNED) != 0;
    }

    private void happened(int what) {
        int before = happened.getAndAccumulate(what, (a, b) -> a | b);
        if (before != BOTH && (before | what) == BOTH) {
            end();
        }
    }

    private void end() {
        beforeEnd.run();
        Throwable reason = failure;
        if (reason == null) {
            exchange.succeeded();
        } else {
            exchange.failed(reason);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return exchange.getInvocationType();
    }
}
