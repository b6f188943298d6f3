// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** Writes lines as its limit lets them in; of the rest the next line, or one a little later, tells the number. */
final class BoundedLines implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final LineLimit limit;
    private final LongConsumer more;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean tellsSoon = new AtomicBoolean();

    /**
     * Makes a bound.
     *
     * @param timer runs what tells a little later; whoever owns it closes it before this
     * @param more writes how many lines were kept out
     */
    BoundedLines(LineLimit limit, ScheduledExecutorService timer, LongConsumer more) {
        this.limit = limit;
        this.timer = timer;
        this.more = more;
    }

    void write(Runnable line) {
        OptionalLong keptOut = limit.admit();
        if (keptOut.isPresent()) {
            tell(keptOut.getAsLong());
            line.run();
        } else if (tellsSoon.compareAndSet(false, true)) {
            // After the last of a flood no other line may come for hours.
            var unused = timer.schedule(this::tellSoon, 2 * limit.window().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Makes a timer for such lines: one thread, while something is to be told; nothing is told after it is closed. */
    static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, CallThreads.factory("mortise-gateway-lines-"));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return timer;
    }

    private void tellSoon() {
        tellsSoon.set(false);
        close();
    }

    @Override
    public void close() {
        tell(limit.keptOut());
    }

    private void tell(long keptOut) {
        if (keptOut > 0) {
            more.accept(keptOut);
        }
    }
}
