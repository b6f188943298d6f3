// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Optional;

/**
 * What the migrations of a jar would do. Nothing was changed.
 *
 * @param steps what is pending, in the order in which it would run
 * @param message how it came out, as a sentence
 * @param problem why it would not go through
 */
public record Rehearsal(String plugin, String version, List<Step> steps, String message, Optional<Trouble> problem) {
    public Rehearsal {
        steps = List.copyOf(steps);
    }

    /** How one migration came out. */
    public enum Result {
        /** It ran, and was rolled back. */
        RAN,
        /** It would be refused. */
        REFUSED,
        /** It was only read. */
        READ
    }

    /**
     * One migration.
     *
     * @param statements its script, statement by statement
     * @param millis how long it ran
     */
    public record Step(
            long version,
            String description,
            String phase,
            String kind,
            List<String> statements,
            Result result,
            Optional<Long> millis) {
        public Step {
            statements = List.copyOf(statements);
        }
    }

    /** Why, and what to do. */
    public record Trouble(String message, String remedy) {}
}
