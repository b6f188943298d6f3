// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;

/** The newest verdicts, so many of them, with the loaders that they are about, which are held weakly. */
final class LeakVerdicts {
    private final int most;
    // The monitor guards the list, newest first.
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(RetiredLoader retired, LeakVerdict verdict) {
        boolean isDoubtful() {
            return verdict.doubtful();
        }
    }

    /** A verdict that turned out to be wrong. */
    record Correction(PluginIdentity plugin, LeakVerdict wrong, LeakVerdict right) {}

    LeakVerdicts(int most) {
        this.most = most;
    }

    synchronized void add(RetiredLoader retired, LeakVerdict verdict) {
        entries.add(0, new Entry(retired, verdict));
        while (entries.size() > most) {
            entries.remove(most);
        }
    }

    synchronized Optional<LeakVerdict> newest(PluginId plugin) {
        return entries.stream()
                .filter(entry -> entry.retired().plugin().id().equals(plugin))
                .map(Entry::verdict)
                .findFirst();
    }

    synchronized boolean anyDoubtful() {
        return entries.stream().anyMatch(Entry::isDoubtful);
    }

    /** Corrects what was said of loaders that are collected after all; answers what was wrong. */
    synchronized List<Correction> correct() {
        List<Correction> corrections = new ArrayList<>();
        for (ListIterator<Entry> each = entries.listIterator(); each.hasNext(); ) {
            Entry entry = each.next();
            RetiredLoader retired = entry.retired();
            if (entry.isDoubtful() && retired.isGone()) {
                LeakVerdict right = new LeakVerdict.Collected(retired.age());
                each.set(new Entry(retired, right));
                corrections.add(new Correction(retired.plugin(), entry.verdict(), right));
            }
        }
        return corrections;
    }
}
