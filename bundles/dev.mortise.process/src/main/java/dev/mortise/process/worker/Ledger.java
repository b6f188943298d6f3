// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerRecords;
import dev.mortise.kernel.port.WorkerRecords.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down which processes run where, one after the other and beside the work: a database that is away keeps no process from
 * starting, and is told all when it is back.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Supplier<@Nullable WorkerRecords> records;
    private final Supplier<String> node;
    private final ExecutorService thread;

    // Only that one thread has these.
    private final Map<String, Entry> own = new HashMap<>();
    private boolean behind;

    Ledger(Supplier<@Nullable WorkerRecords> records, Supplier<String> node, ExecutorService thread) {
        this.records = records;
        this.node = node;
        this.thread = thread;
    }

    String node() {
        return node.get();
    }

    void put(Entry entry) {
        WorkerThreads.run(thread, () -> {
            own.put(entry.nonce(), entry);
            write(store -> store.put(entry));
        });
    }

    void remove(String nonce) {
        WorkerThreads.run(thread, () -> {
            own.remove(nonce);
            write(store -> store.remove(nonce));
        });
    }

    /** Forgets what an earlier container of this node left, and writes all anew that runs now. */
    void restate() {
        WorkerThreads.run(thread, () -> {
            behind = true;
            write(store -> {});
        });
    }

    private void write(Consumer<WorkerRecords> change) {
        WorkerRecords store = records.get();
        if (store == null) {
            behind = true;
            return;
        }
        try {
            if (behind) {
                restate(store);
            } else {
                change.accept(store);
            }
            behind = false;
        } catch (RuntimeException e) {
            if (!behind) {
                LOG.warn("Table plugin_runners is not up to date: {}", e.getMessage());
            }
            behind = true;
        }
    }

    private void restate(WorkerRecords store) {
        for (Entry entry : store.of(node())) {
            if (!own.containsKey(entry.nonce())) {
                store.remove(entry.nonce());
            }
        }
        own.values().forEach(store::put);
    }
}
