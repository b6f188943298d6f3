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

    /** Tells whether the path answers 200. */
    static boolean answers(Client client, String path) {
        try {
            return client.get(path).status() == 200;
        } catch (UncheckedIOException e) {
            return false; // nobody listens yet
        }
    }

    /** Tells whether the container has opened its port and answers its health with 200. */
    static boolean healthy(Container container) {
        return Files.exists(container.home().resolve("data/http-port")) && answers(container.anonymous(), "/health");
    }
}
