// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes calls as lines of JSON: refused ones, as many as the limit lets in, and all of clients where that is wanted. */
final class CallLog implements AutoCloseable {
    private static final Logger REFUSED = LoggerFactory.getLogger("mortise.refused");
    private static final Logger ACCESS = LoggerFactory.getLogger("mortise.access");

    private final Clock clock;
    private final ScheduledExecutorService timer = BoundedLines.timer();
    private final BoundedLines refused;
    private final TimeStamps stamps = new TimeStamps();

    CallLog(Clock clock, LineLimit limit) {
        this.clock = clock;
        this.refused = new BoundedLines(limit, timer, this::more);
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
        if (REFUSED.isInfoEnabled()) {
            refused.write(() -> REFUSED.info(line.get().text()));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        refused.close();
    }

    private void more(long keptOut) {
        REFUSED.info(line().with("more", keptOut)
                .with("message", keptOut + " more calls were refused; refused.lines.per.second kept them out.")
                .text());
    }
}
