// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.wire;

/** How a process says that it is. */
public sealed interface Wellness {
    /** Well. */
    record Well() implements Wellness {}

    /** It works, with less than it could. */
    record Degraded() implements Wellness {}

    /** It answers, and not that it is well: {@code reason} goes on after "it says that". */
    record Unwell(String reason) implements Wellness {}

    /** Calls hold every connection to it, so that it could not be asked. */
    record Unasked() implements Wellness {}

    /** It does not answer. */
    record Missed(String reason) implements Wellness {}
}
