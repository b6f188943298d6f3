// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.Map;

/** What the container asks the process itself for, beside the plugin's routes. */
public interface Surface {
    /** Answers what {@code GET /metadata} answers. */
    Map<String, Object> metadata();

    /** Answers how it is. */
    Wellness health();

    /** Tells whether credentials are good, that may be others than those in use. */
    AuthVerdict validateAuth(String tenant, TenantPart part) throws Exception;

    /** Takes settings of a tenant. */
    void configUpdated(String tenant, Map<String, Object> config);

    /** A tenant no longer has it. */
    void disable(String tenant);

    /** Nobody has it any more: ends what the plugin began; the process is to end when this was answered. */
    void end();

    /** Runs once after {@link #end} was answered. */
    void exit();

    /**
     * How the plugin is.
     *
     * @param status ok, degraded, or anything else where it is not available
     * @param checks the sentence of each check, by its name
     */
    record Wellness(String status, Map<String, String> checks) {
        /** Tells whether it can be called. */
        boolean available() {
            return status.equals("ok") || status.equals("degraded");
        }
    }

    /** A call of this tenant is about to reach the plugin: prepares the plugin for it, unless that was done. */
    void entering(String tenant);
}
