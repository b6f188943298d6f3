// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.wire;

import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.RemoteCalls.Peer;

/**
 * A process that is called.
 *
 * @param hopKey signs what calls carry
 */
public record Target(PluginIdentity plugin, Peer peer, String hopKey) {
    @Override
    public String toString() {
        return plugin + " at " + peer.baseUrl();
    }
}
