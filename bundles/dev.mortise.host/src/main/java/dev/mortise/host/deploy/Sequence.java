// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import java.time.Duration;

/** How the deployer reaches its thread again. */
public interface Sequence {
    /** Runs the task on the sequencer's thread, and a pass after it. */
    void post(Runnable task);

    /** Runs the task on the sequencer's thread; what it changes is seen by whichever pass comes next. */
    void note(Runnable task);

    /** Runs the task after this time, and a pass after it. */
    void postIn(Duration delay, Runnable task);
}
