// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.load;

import java.util.Locale;
import java.util.Map;

/**
 * What came of calls at a fixed rate.
 *
 * @param failures how often what came instead of a right answer: a status with its code, an exception, a wrong content
 */
public record LoadFigures(
        int requests, Map<String, Integer> failures, double p50Millis, double p99Millis, double maxMillis) {
    /** Answers how many got no right answer. */
    public int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d requests, %d failed %s, p50 %.2f ms, p99 %.2f ms, max %.1f ms",
                requests,
                failed(),
                failures,
                p50Millis,
                p99Millis,
                maxMillis);
    }
}
