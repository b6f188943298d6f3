// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.kernel.port.RemoteCalls.Peer;

/** Makes peers of processes that this container has started: the rules for announced addresses do not apply to them. */
@FunctionalInterface
public interface LoopbackPeers {
    /** Makes the peer that listens at a port of this machine. The caller closes it. */
    Peer at(int port);
}
