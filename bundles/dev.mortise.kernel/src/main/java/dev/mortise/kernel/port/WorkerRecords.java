// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps which processes of plugins run where, for operators and for the next start of a node. Implemented by the data bundle,
 * used by process. Everything throws {@code MortiseException}: SERVICE_UNAVAILABLE while the database can't be reached.
 */
public interface WorkerRecords {
    /** Keeps an entry in the place of an earlier one of its nonce, and of one that had its port on its node. */
    void put(Entry entry);

    /** Forgets the entry of a nonce, if there is one. */
    void remove(String nonce);

    /** Answers the entries of a node, oldest first. */
    List<Entry> of(String node);

    /**
     * One process.
     *
     * @param tenant the only one that it serves
     * @param nonce what tells it from every other process that ever had its number
     */
    record Entry(
            String nonce, Optional<String> tenant, PluginId plugin, int instance, Place place, Standing standing) {}

    /**
     * Where it runs.
     *
     * @param pid 0 while there is none
     */
    record Place(String node, int port, long pid) {}

    /** How it stands. */
    record Standing(RuntimeState state, int restarts, Instant createdAt) {}
}
