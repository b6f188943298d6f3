// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The rows that say who may read which namespace. */
final class SharedReaderRows {
    private static final String ALL = "SELECT owner_id, namespace, readers FROM mortise.shared_data_reader";
    private static final String PUT = """
            INSERT INTO mortise.shared_data_reader (owner_id, namespace, readers) VALUES (?, ?, ?)
            ON CONFLICT (owner_id, namespace) DO UPDATE SET readers = excluded.readers
            """;
    private static final String REMOVE = """
            DELETE FROM mortise.shared_data_reader WHERE owner_id = ? AND namespace = ?
            """;

    private SharedReaderRows() {}

    private record Named(String owner, String namespace, Set<String> readers) {}

    /** Answers all of them: readers by namespace by owner. */
    static Map<String, Map<String, Set<String>>> all(Connection connection) throws SQLException {
        Map<String, Map<String, Set<String>>> all = new HashMap<>();
        Sql.list(
                        connection,
                        row -> new Named(
                                row.getString(1), row.getString(2), PostgresSharedData.readers(row.getArray(3))),
                        ALL)
                .forEach(named -> all.computeIfAbsent(named.owner, owner -> new HashMap<>())
                        .put(named.namespace, named.readers));
        return all;
    }

    static void put(Connection connection, String owner, String namespace, Set<String> readers) throws SQLException {
        Sql.update(connection, PUT, owner, namespace, connection.createArrayOf("text", readers.toArray()));
    }

    static void remove(Connection connection, String owner, String namespace) throws SQLException {
        Sql.update(connection, REMOVE, owner, namespace);
    }
}
