// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.load;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts answers by what is wrong with them, and keeps how long each took. */
final class Tally {
    private final Map<String, Integer> failures = new TreeMap<>();
    private long[] nanos = new long[1 << 12];
    private int count;

    synchronized void add(long took, Optional<String> complaint) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = took;
        complaint.ifPresent(text -> failures.merge(text, 1, Integer::sum));
    }

    synchronized LoadFigures figures() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new LoadFigures(
                count, Map.copyOf(failures), percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100));
    }

    private static double percentile(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
