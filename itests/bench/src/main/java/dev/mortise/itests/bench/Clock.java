// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Measures how long something takes to become true, by asking every millisecond. */
final class Clock {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Clock() {}

    /** Answers the milliseconds from {@code start} (on the scale of nanoTime) until the condition holds. */
    static double until(long start, Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("The condition did not hold within " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /** Answers the status that a path answers, 0 while nobody listens. */
    static int status(Client client, String path) {
        try {
            return client.get(path).status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** Tells whether the container has opened its port and answers its health with 200. */
    static boolean healthy(Container container) {
        return Files.exists(container.home().resolve("data/http-port"))
                && status(container.anonymous(), "/health") == 200;
    }
}
