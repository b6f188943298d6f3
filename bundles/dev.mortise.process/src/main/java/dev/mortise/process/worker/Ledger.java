// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerRecords;
import dev.mortise.kernel.port.WorkerRecords.Entry;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down which processes run where, one after the other and beside the work: a database that is away keeps no process from
 * starting, and what was not written is said once.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Supplier<@Nullable WorkerRecords> records;
    private final Supplier<String> node;
    private final ExecutorService thread;

    // only that thread has it
    private boolean silent;

    Ledger(Supplier<@Nullable WorkerRecords> records, Supplier<String> node, ExecutorService thread) {
        this.records = records;
        this.node = node;
        this.thread = thread;
    }

    String node() {
        return node.get();
    }

    void put(Entry entry) {
        write(store -> store.put(entry));
    }

    void remove(String nonce) {
        write(store -> store.remove(nonce));
    }

    /** Forgets what an earlier container of this node left. */
    void forgetAll() {
        write(store -> store.of(node()).forEach(entry -> store.remove(entry.nonce())));
    }

    private void write(Consumer<WorkerRecords> change) {
        WorkerThreads.run(thread, () -> {
            WorkerRecords store = records.get();
            if (store == null) {
                return;
            }
            try {
                change.accept(store);
                silent = false;
            } catch (RuntimeException e) {
                if (!silent) {
                    LOG.warn("Table plugin_runners is not up to date: {}", e.getMessage());
                    silent = true;
                }
            }
        });
    }
}
