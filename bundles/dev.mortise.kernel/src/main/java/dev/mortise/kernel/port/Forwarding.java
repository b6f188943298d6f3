// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.http.Handler;
import dev.mortise.kernel.model.PluginId;

/**
 * Makes handlers that send their calls to other processes, with the context of the call in signed fields. Implemented by
 * the gateway, used by the host for plugins that it runs elsewhere.
 */
public interface Forwarding {
    /**
     * Makes the handler of one route.
     *
     * @param plugin whose route it is; the audience of the signed token
     * @param streaming whether answers may go on for as long as they like
     * @param repeatable whether a call that was sent may be sent again when it was not answered
     */
    Handler to(PluginId plugin, RemoteInstances instances, boolean streaming, boolean repeatable);
}
