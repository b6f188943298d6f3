// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.wire;

import dev.mortise.kernel.port.WorkerFleet.Surface;

/** What came of asking a process what it is. */
public sealed interface Metadata {
    /** It is the plugin that it should be, and ready. */
    record Good(Surface surface) implements Metadata {}

    /** It does not answer yet. */
    record NotYet(String reason) implements Metadata {}

    /** It will never be what it should be: a sentence why. */
    record Wrong(String sentence) implements Metadata {}
}
