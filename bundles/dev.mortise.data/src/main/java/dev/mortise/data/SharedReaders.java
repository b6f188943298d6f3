// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginManifest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the database who may read which namespace, as the manifests say. Of several versions of a plugin the one that
 * began last counts; when it ends and another is still here, such as after an update that failed, that one counts again.
 * What the last one said stays when the plugin is away.
 */
final class SharedReaders {
    private static final Logger LOG = LoggerFactory.getLogger(SharedReaders.class);

    private final PooledDatabase database;
    /** One after the other on this node, so that an older declaration never comes last. */
    private final Object recording = new Object();

    private final Map<String, Declared> due = new ConcurrentHashMap<>();
    // Guarded by the monitor.
    private final Map<String, Deque<Declared>> running = new HashMap<>();

    SharedReaders(PooledDatabase database) {
        this.database = database;
    }

    /** What one version of a plugin declares; compared by identity, as a version may be here twice. */
    static final class Declared {
        private final String owner;
        private final Map<String, Set<String>> readers;

        private Declared(PluginManifest manifest) {
            owner = manifest.id().value();
            readers = manifest.sharedReaders();
        }
    }

    /** Takes what a version declares; it is recorded by {@link #record}, in the background, or before it writes. */
    synchronized Declared begin(PluginManifest manifest) {
        Declared declared = new Declared(manifest);
        running.computeIfAbsent(declared.owner, owner -> new ArrayDeque<>()).push(declared);
        due.put(declared.owner, declared);
        return declared;
    }

    /** Takes note that a version has ended, and answers whether it was the last of its plugin here. */
    synchronized boolean end(Declared declared) {
        Deque<Declared> versions = running.getOrDefault(declared.owner, new ArrayDeque<>());
        boolean counted = declared.equals(versions.peek());
        versions.remove(declared);
        if (versions.isEmpty()) {
            running.remove(declared.owner);
        } else if (counted) {
            due.put(declared.owner, versions.element());
        }
        return versions.isEmpty();
    }

    /** Makes sure that what a plugin narrows is recorded, before it writes anything that others could read. */
    void ensure(String owner) {
        Declared declared = due.get(owner);
        if (declared != null && !declared.readers.isEmpty()) {
            record();
        }
    }

    /** Records all that is due; plugins that narrow nothing, and never did, cost one look for all of them. */
    void record() {
        synchronized (recording) {
            Map<String, Declared> now = Map.copyOf(due);
            if (now.isEmpty()) {
                return;
            }
            database.call("the readers of shared data are being recorded", connection -> {
                Map<String, Map<String, Set<String>>> known = SharedReaderRows.all(connection);
                for (Declared declared : now.values()) {
                    write(connection, declared, known.getOrDefault(declared.owner, Map.of()));
                }
                return now.size();
            });
            now.forEach(due::remove);
        }
    }

    /** Records what is due, if that is possible now; called again later. */
    void recordIfPossible() {
        try {
            record();
        } catch (MortiseException e) {
            LOG.debug("The readers of shared data are recorded later", e);
        }
    }

    private static void write(Connection connection, Declared declared, Map<String, Set<String>> known)
            throws SQLException {
        if (known.equals(declared.readers)) {
            return;
        }
        LOG.info("plugin={} namespaces of shared data that not everybody reads: {}", declared.owner, declared.readers);
        for (Map.Entry<String, Set<String>> namespace : declared.readers.entrySet()) {
            if (!namespace.getValue().equals(known.get(namespace.getKey()))) {
                SharedReaderRows.put(connection, declared.owner, namespace.getKey(), namespace.getValue());
            }
        }
        for (String namespace : known.keySet()) {
            if (!declared.readers.containsKey(namespace)) {
                SharedReaderRows.remove(connection, declared.owner, namespace);
            }
        }
    }
}
