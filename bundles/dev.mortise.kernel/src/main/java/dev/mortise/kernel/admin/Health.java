// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import java.util.List;

/** How the container stands. Implemented by the host. */
public interface Health {
    /** Answers the state now. */
    Report report();

    /** Tells whether all desired plugins are READY or explained, or 30 s have passed since the start. */
    boolean ready();

    /**
     * The whole report.
     *
     * @param status UP, STARTING, DEGRADED or DOWN
     */
    record Report(
            String status,
            String version,
            String edition,
            List<String> features,
            List<PluginLine> plugins,
            List<CheckLine> checks) {}

    /** One plugin. */
    record PluginLine(String id, String version, String state) {}

    /** One check. */
    record CheckLine(String name, String status, String message) {}
}
