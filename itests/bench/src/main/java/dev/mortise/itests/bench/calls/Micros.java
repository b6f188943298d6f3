// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import java.util.Arrays;

/** How many answers took so many microseconds; those that took longer than a tenth of a second are counted as that. */
final class Micros {
    private static final int LONGEST = 100_000;

    private final int[] counts;

    private Micros(int[] counts) {
        this.counts = counts;
    }

    static Micros none() {
        return new Micros(new int[LONGEST + 1]);
    }

    void count(long nanos) {
        counts[(int) Math.min(LONGEST, nanos / 1_000)]++;
    }

    Micros plus(Micros other) {
        int[] both = counts.clone();
        Arrays.setAll(both, i -> both[i] + other.counts[i]);
        return new Micros(both);
    }

    double percentile(int percent) {
        long wanted = (long) Math.ceil(Arrays.stream(counts).asLongStream().sum() * percent / 100.0);
        int at = 0;
        for (long seen = counts[0]; seen < wanted; seen += counts[at]) {
            at++;
        }
        return at;
    }
}
