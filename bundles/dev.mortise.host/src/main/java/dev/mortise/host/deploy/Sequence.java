// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import java.time.Duration;

/** How the deployer reaches its thread again. */
interface Sequence {
    /** Runs the task on the sequencer's thread, and a pass after it. */
    void post(Runnable task);

    /** Runs a pass after this time. */
    void wakeIn(Duration delay);
}
