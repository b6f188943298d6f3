// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps records in memory. */
final class MapRecords implements WorkerRecords {
    final Map<String, Entry> entries = new ConcurrentHashMap<>();

    @Override
    public void put(Entry entry) {
        entries.put(entry.nonce(), entry);
    }

    @Override
    public void remove(String nonce) {
        entries.remove(nonce);
    }

    @Override
    public List<Entry> of(String node) {
        return entries.values().stream()
                .filter(entry -> entry.place().node().equals(node))
                .toList();
    }
}
