// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.time.Instant;
import java.util.List;

/**
 * What taking migrations back runs.
 *
 * @param steps the newest first
 * @param lost what goes with them, each as the rest of a sentence
 */
public record WayBack(String plugin, List<Step> steps, List<String> lost) {
    public WayBack {
        steps = List.copyOf(steps);
        lost = List.copyOf(lost);
    }

    /** Answers the version of the newest one, by which it is confirmed. */
    public long newest() {
        return steps.get(0).version();
    }

    /**
     * One migration.
     *
     * @param checksum of what was applied
     * @param appliedAt when it was applied
     * @param statements the script that takes it back, statement by statement
     */
    public record Step(long version, String description, String checksum, Instant appliedAt, List<String> statements) {
        public Step {
            statements = List.copyOf(statements);
        }
    }
}
