// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for conditions; what runs inside the framework has no library for that. */
final class Waiting {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(20);

    private Waiting() {}

    /** Answers what is found, as soon as that is; fails with the last words when it is not. */
    static <T> T until(Callable<Optional<T>> found, Supplier<String> lastWords) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        Optional<T> result = found.call();
        while (result.isEmpty()) {
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + lastWords.get());
            }
            TimeUnit.MILLISECONDS.sleep(PACE.toMillis());
            result = found.call();
        }
        return result.get();
    }
}
