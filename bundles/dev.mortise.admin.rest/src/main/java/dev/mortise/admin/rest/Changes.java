// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.kernel.port.SharedDataStore.Change;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Changes between whoever tells of them and whoever sends them; of each key the last one, so that a slow client costs little. */
final class Changes implements Consumer<Change> {
    // The monitor guards it.
    private final Map<String, Change> pending = new LinkedHashMap<>();

    @Override
    public synchronized void accept(Change change) {
        pending.remove(change.key());
        pending.put(change.key(), change);
        notifyAll();
    }

    /** Answers what there is, after waiting for something; nothing when there is none in time. */
    synchronized List<Change> take(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); pending.isEmpty() && left > 0; left = millis(end)) {
            wait(left);
        }
        List<Change> all = List.copyOf(pending.values());
        pending.clear();
        return all;
    }

    private static long millis(long end) {
        return (end - System.nanoTime()) / 1_000_000;
    }
}
