// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerRecords;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps processes of plugins in table {@code mortise.plugin_runners}. */
@Component
public final class PostgresWorkerRecords implements WorkerRecords {
    // a row that has the port is of a process that is gone: nobody else on that node can have it
    private static final String CLEAR = "DELETE FROM mortise.plugin_runners WHERE node = ? AND port = ? AND nonce <> ?";
    private static final String PUT = """
            INSERT INTO mortise.plugin_runners
                   (nonce, tenant_id, plugin_id, instance, node, port, pid, runtime_state, restarts, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (nonce) DO UPDATE
               SET pid = excluded.pid, runtime_state = excluded.runtime_state, restarts = excluded.restarts
            """;
    private static final String REMOVE = "DELETE FROM mortise.plugin_runners WHERE nonce = ?";
    private static final String OF_NODE = """
            SELECT nonce, tenant_id, plugin_id, instance, node, port, pid, runtime_state, restarts, created_at
              FROM mortise.plugin_runners WHERE node = ? ORDER BY created_at, nonce
            """;

    private final PooledDatabase database;

    /** Made by DS. */
    @Activate
    public PostgresWorkerRecords(@Reference OpenDatabase database) {
        this(database.opened());
    }

    PostgresWorkerRecords(PooledDatabase database) {
        this.database = database;
    }

    @Override
    public void put(Entry entry) {
        database.transaction(
                "a process of plugin '" + entry.plugin() + "' is being recorded",
                connection -> write(connection, entry));
    }

    @Override
    public void remove(String nonce) {
        database.call("the record of a process is being removed", connection -> Sql.update(connection, REMOVE, nonce));
    }

    @Override
    public List<Entry> of(String node) {
        return database.call(
                "processes of plugins are being read",
                connection -> Sql.list(connection, PostgresWorkerRecords::read, OF_NODE, node));
    }

    private static int write(Connection connection, Entry entry) throws SQLException {
        Place place = entry.place();
        Sql.update(connection, CLEAR, place.node(), place.port(), entry.nonce());
        return Sql.update(
                connection,
                PUT,
                entry.nonce(),
                entry.tenant().orElse(null),
                entry.plugin().value(),
                entry.instance(),
                place.node(),
                place.port(),
                place.pid(),
                entry.standing().state().text(),
                entry.standing().restarts(),
                entry.standing().createdAt().atOffset(ZoneOffset.UTC));
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                new PluginId(row.getString(3)),
                row.getInt(4),
                new Place(row.getString(5), row.getInt(6), row.getLong(7)),
                new Standing(
                        RuntimeState.of(row.getString(8)),
                        row.getInt(9),
                        row.getObject(10, OffsetDateTime.class).toInstant()));
    }
}
