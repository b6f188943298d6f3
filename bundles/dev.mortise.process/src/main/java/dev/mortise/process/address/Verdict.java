// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

/** What judging a URL came to. */
public sealed interface Verdict {
    /** Calls may go there. */
    record Good(Place place) implements Verdict {}

    /** Calls may not go there. */
    record Refused(String reason) implements Verdict {}
}
