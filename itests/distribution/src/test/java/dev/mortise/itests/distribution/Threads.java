// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.process.ProcessFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the threads of a process again and again, and knows the most that there were. */
final class Threads implements AutoCloseable {
    private static final int EVERY_MILLIS = 50;

    private final ScheduledExecutorService counting = Executors.newSingleThreadScheduledExecutor();
    private final int before;
    private final AtomicInteger most = new AtomicInteger();

    private Threads(ProcessFigures figures) throws IOException {
        before = figures.threads();
        counting.scheduleWithFixedDelay(() -> count(figures), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static Threads watch(Process process) throws IOException {
        return new Threads(new ProcessFigures(process.pid()));
    }

    private void count(ProcessFigures figures) {
        try {
            most.accumulateAndGet(figures.threads(), Math::max);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers how many more there were than at the beginning. */
    int more() {
        return most.get() - before;
    }

    @Override
    public String toString() {
        return before + ", " + most;
    }

    @Override
    public void close() {
        counting.shutdownNow();
    }
}
