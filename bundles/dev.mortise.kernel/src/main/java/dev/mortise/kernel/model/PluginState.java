// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

/** Where one version of a plugin stands on this node; {@code dev.mortise.rules} holds the legal steps. */
public enum PluginState {
    STAGED,
    RESOLVED,
    WAITING,
    REJECTED,
    MIGRATING,
    STARTING,
    READY,
    DEGRADED,
    DRAINING,
    STOPPED,
    FAILED,
    QUARANTINED;

    /** Tells whether calls are routed to a plugin in this state. */
    public boolean serves() {
        return this == READY || this == DEGRADED;
    }
}
