// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes calls as lines of JSON: refused ones, as many as the limit lets in, and all of clients where that is wanted. */
final class CallLog implements AutoCloseable {
    private static final Logger REFUSED = LoggerFactory.getLogger("mortise.refused");
    private static final Logger ACCESS = LoggerFactory.getLogger("mortise.access");

    private static final long TELLS_AFTER_SECONDS = 2;

    private final Clock clock;
    private final LineLimit limit;
    private final AtomicBoolean tellsSoon = new AtomicBoolean();
    private final TimeStamps stamps = new TimeStamps();

    CallLog(Clock clock, LineLimit limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Begins a line. */
    CallLine line() {
        return new CallLine(stamps.of(clock.millis()));
    }

    boolean writesAll() {
        return ACCESS.isInfoEnabled();
    }

    void write(CallLine line) {
        ACCESS.info(line.text());
    }

    void refused(Supplier<CallLine> line) {
        if (!REFUSED.isInfoEnabled()) {
            return;
        }
        OptionalLong keptOut = limit.admit();
        if (keptOut.isPresent()) {
            more(keptOut.getAsLong());
            REFUSED.info(line.get().text());
        } else if (tellsSoon.compareAndSet(false, true)) {
            // After the last of a flood no other line may come for hours.
            CompletableFuture.delayedExecutor(TELLS_AFTER_SECONDS, TimeUnit.SECONDS)
                    .execute(this::tellMore);
        }
    }

    private void tellMore() {
        tellsSoon.set(false);
        more(limit.keptOut());
    }

    @Override
    public void close() {
        more(limit.keptOut());
    }

    private void more(long keptOut) {
        if (keptOut > 0) {
            REFUSED.info(line().with("more", keptOut)
                    .with("message", keptOut + " more calls were refused; refused.lines.per.second kept them out.")
                    .text());
        }
    }
}
