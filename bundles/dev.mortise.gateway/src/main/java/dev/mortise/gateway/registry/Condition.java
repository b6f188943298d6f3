// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.kernel.model.ServiceHealth;

/**
 * How an instance fares, by who says so: itself, an administrator, its silence. The worst counts, so none of them takes
 * back what another one said. Guarded like the lease that it belongs to.
 */
final class Condition {
    private static final Word WELL = new Word(ServiceHealth.HEALTHY, "");

    private Word said;
    private Word declared = WELL;
    private Word silence = WELL;

    /** What somebody says, with the sentence for it. */
    record Word(ServiceHealth health, String reason) {
        Word worse(Word other) {
            return other.health.compareTo(health) > 0 ? other : this;
        }
    }

    Condition(ServiceHealth said, String reason) {
        this.said = new Word(said, reason);
    }

    ServiceHealth health() {
        return word().health;
    }

    String reason() {
        return word().reason;
    }

    boolean silent() {
        return !silence.equals(WELL);
    }

    private Word word() {
        return silence.worse(declared).worse(said);
    }

    /** It says how it is; answers whether that changes how it fares. */
    boolean says(ServiceHealth health, String reason) {
        Word before = word();
        said = new Word(health, reason);
        return !word().equals(before);
    }

    /** An administrator says how it is, until he says that it is well; answers whether that changes how it fares. */
    boolean declared(ServiceHealth health, String reason) {
        Word before = word();
        declared = health == ServiceHealth.HEALTHY ? WELL : new Word(health, reason);
        if (said.health.compareTo(health) > 0) {
            said = new Word(health, reason);
        }
        return !word().equals(before);
    }

    /** It is heard: its silence is over; answers whether that changes how it fares. */
    boolean heard() {
        Word before = word();
        silence = WELL;
        return !word().equals(before);
    }

    /** It is heard, and that says that it is there for calls; answers whether that changes how it fares. */
    boolean revived() {
        Word before = word();
        silence = WELL;
        said = said.health == ServiceHealth.UNAVAILABLE ? WELL : said;
        return !word().equals(before);
    }

    void falls(String silent) {
        silence = new Word(ServiceHealth.UNAVAILABLE, silent);
    }
}
