// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets one answer of an exchange through, and ends it when two things have happened, in any order: its answer is written, and the handler's thread is back.
 * An answer from elsewhere, such as 504 from a timer, reaches the client at once; but ending the exchange makes Jetty
 * consume what is left of the request, which must not happen under a thread that may still be reading it.
 */
final class Completion implements Callback {
    // One object less for each exchange than an AtomicInteger.
    private static final AtomicIntegerFieldUpdater<Completion> HAPPENED =
            AtomicIntegerFieldUpdater.newUpdater(Completion.class, "happened");
    private static final int WRITTEN = 1;
    private static final int RETURNED = 2;
    private static final int BOTH = WRITTEN | RETURNED;
    private static final int ANSWERED = 4;

    private final Callback exchange;
    private final Runnable beforeEnd;
    private volatile int happened;
    private volatile @Nullable Throwable failure;

    Completion(Callback exchange, Runnable beforeEnd) {
        this.exchange = exchange;
        this.beforeEnd = beforeEnd;
    }

    /** Tells whether this is the first answer; no other one is written. */
    boolean answers() {
        return (HAPPENED.getAndAccumulate(this, ANSWERED, Completion::both) & ANSWERED) == 0;
    }

    /** Lets another answer through: nothing of the first one was written. */
    void answersAgain() {
        HAPPENED.getAndAccumulate(this, ~ANSWERED, (before, kept) -> before & kept);
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
        return (happened & RETURNED) != 0;
    }

    private void happened(int what) {
        int before = HAPPENED.getAndAccumulate(this, what, Completion::both);
        if ((before & BOTH) != BOTH && ((before | what) & BOTH) == BOTH) {
            end();
        }
    }

    private static int both(int one, int other) {
        return one | other;
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
