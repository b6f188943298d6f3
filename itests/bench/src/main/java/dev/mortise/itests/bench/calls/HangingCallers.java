// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers of a plugin that does not answer. Each comes again a second after it was sent away. */
final class HangingCallers implements AutoCloseable {
    /** More than may be in one plugin at once (bulkhead.calls). */
    private static final int CALLERS = 48;

    private final Client client;
    private final String path;
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final AtomicInteger sentAway = new AtomicInteger();

    HangingCallers(Container container, String path) {
        this.client = container.anonymous().tenant("default");
        this.path = path;
        for (int caller = 0; caller < CALLERS; caller++) {
            threads.execute(this::call);
        }
    }

    /** Waits until some of them hear that all places are taken. */
    void awaitFull() throws InterruptedException {
        while (sentAway.get() == 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private void call() {
        try {
            while (!threads.isShutdown()) {
                if (client.get(path).status() == 503) {
                    sentAway.incrementAndGet();
                }
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
