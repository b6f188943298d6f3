// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.shared;

import dev.mortise.kernel.port.SharedDataStore.Watch;

/** Runs what listens to changes, and ends it with the plugin version that it belongs to. */
public interface Listeners {
    /** Runs a task on a thread of the plugin, after those that were given before; returns at once. */
    void run(Runnable task);

    /** Takes a watch to close it in the end, unless it is closed before. */
    void keep(Watch watch);

    /** Forgets a watch that is closed. */
    void drop(Watch watch);
}
