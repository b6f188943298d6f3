// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** Writes lines as its limit lets them in; of the rest the next line, or one a little later, tells the number. */
final class BoundedLines implements AutoCloseable {
    private final LineLimit limit;
    private final LongConsumer more;
    private final AtomicBoolean tellsSoon = new AtomicBoolean();

    /**
     * Makes a bound.
     *
     * @param more writes how many lines were kept out
     */
    BoundedLines(LineLimit limit, LongConsumer more) {
        this.limit = limit;
        this.more = more;
    }

    void write(Runnable line) {
        OptionalLong keptOut = limit.admit();
        if (keptOut.isPresent()) {
            tell(keptOut.getAsLong());
            line.run();
        } else if (tellsSoon.compareAndSet(false, true)) {
            // After the last of a flood no other line may come for hours.
            CompletableFuture.delayedExecutor(2 * limit.window().toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::tellSoon);
        }
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
