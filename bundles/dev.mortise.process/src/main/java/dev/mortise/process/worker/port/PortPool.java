// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.port;

import java.util.HashMap;
import java.util.Map;

/** Gives ports to workers, each to one at a time, on this host. */
public final class PortPool {
    // The monitor guards what is given, and where the search goes on: a port that was given back is not the next one
    // given.
    private final Map<Integer, HeldPort> given = new HashMap<>();
    private int next;

    /**
     * Takes a port that nobody listens at.
     *
     * @param plugin for whom
     * @param range where from
     * @param key what names the range, for the sentence
     * @throws NoPort when there is none, naming the range and how many are given
     */
    public synchronized HeldPort take(String plugin, PortRange range, String key) throws NoPort {
        for (int i = 0; i < range.size(); i++) {
            int number = range.first() + Math.floorMod(next + i, range.size());
            HeldPort port = given.containsKey(number) ? null : HeldPort.take(number, this::released);
            if (port != null) {
                given.put(number, port);
                next = number - range.first() + 1;
                return port;
            }
        }
        throw new NoPort("No free worker port in " + range + " for plugin '" + plugin + "'. " + range.size() + " of "
                + range.size() + " are allocated. Widen " + key + ".");
    }

    private synchronized void released(HeldPort port) {
        given.remove(port.number(), port);
    }

    /** Answers how many are given. */
    public synchronized int size() {
        return given.size();
    }
}
