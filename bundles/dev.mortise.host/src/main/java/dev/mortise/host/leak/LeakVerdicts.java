// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The newest verdicts, so many of them. */
final class LeakVerdicts {
    private final int most;
    // The monitor guards the queue, newest first.
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(PluginIdentity plugin, LeakVerdict verdict) {}

    LeakVerdicts(int most) {
        this.most = most;
    }

    synchronized void add(PluginIdentity plugin, LeakVerdict verdict) {
        entries.addFirst(new Entry(plugin, verdict));
        while (entries.size() > most) {
            entries.removeLast();
        }
    }

    synchronized Optional<LeakVerdict> newest(PluginId plugin) {
        return entries.stream()
                .filter(entry -> entry.plugin().id().equals(plugin))
                .map(Entry::verdict)
                .findFirst();
    }
}
