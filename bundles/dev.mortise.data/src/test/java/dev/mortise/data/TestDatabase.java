// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.DatabaseServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** An empty database, opened as the product opens it. */
record TestDatabase(TestServer on, DatabaseServer server, PooledDatabase opened) implements AutoCloseable {
    static TestDatabase open() throws SQLException {
        return on(TestServer.embedded());
    }

    static TestDatabase on(TestServer on) throws SQLException {
        DatabaseServer server = on.fresh();
        return new TestDatabase(on, server, open(server));
    }

    static PooledDatabase open(DatabaseServer server) throws SQLException {
        return open(server, Limits.DEFAULT);
    }

    static PooledDatabase open(DatabaseServer server, Limits limits) throws SQLException {
        return PooledDatabase.open(
                new Connector(server, limits), new CoreSchema(SchemaVersion.all(), "1.0.0"), keyOf(server));
    }

    private static Path keyOf(DatabaseServer server) {
        return Path.of("target/postgres/keys", server.url().replaceFirst(".*/", ""));
    }

    /** Runs statements as the core user. */
    void execute(String sql) throws SQLException {
        try (Connection connection = TestServer.connect(server)) {
            Sql.execute(connection, sql);
        }
    }

    /** Answers the first column of the first row, as the core user sees it. */
    String text(String sql) throws SQLException {
        try (Connection connection = TestServer.connect(server)) {
            return Sql.text(connection, sql);
        }
    }

    @Override
    public void close() throws SQLException {
        opened.close();
        on.drop(server);
    }
}
