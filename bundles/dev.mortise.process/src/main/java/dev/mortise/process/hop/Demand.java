// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many connections calls want together: each of them one, those to one peer no more than it may have, as the others wait
 * for these. A call that is let in finds room for its connection, whatever opens and closes meanwhile.
 */
final class Demand {
    private final int most;
    private final int perPeer;

    // The monitor guards these.
    private final Map<HopPeer, Integer> calls = new HashMap<>();
    private int wanted;

    Demand(int most, int perPeer) {
        this.most = most;
        this.perPeer = perPeer;
    }

    /** Answers what ends the demand of one more call, however often it runs; nothing when that call is too much. */
    synchronized Optional<Runnable> enter(HopPeer peer) {
        int before = calls.getOrDefault(peer, 0);
        if (before < perPeer) {
            if (wanted >= most) {
                return Optional.empty();
            }
            wanted++;
        }
        calls.put(peer, before + 1);
        AtomicBoolean left = new AtomicBoolean();
        return Optional.of(() -> {
            if (!left.getAndSet(true)) {
                leave(peer);
            }
        });
    }

    private synchronized void leave(HopPeer peer) {
        int after = calls.merge(peer, -1, Integer::sum);
        if (after < perPeer) {
            wanted--;
        }
        if (after == 0) {
            calls.remove(peer);
        }
    }
}
