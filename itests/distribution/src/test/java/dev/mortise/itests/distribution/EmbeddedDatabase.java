// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** Looks into the database of a container as its owner could, past Mortise. */
record EmbeddedDatabase(Path data) {
    static EmbeddedDatabase of(Container container) {
        return new EmbeddedDatabase(container.home().resolve("data"));
    }

    /** Answers the first column of a query as text. */
    List<String> column(String sql, Object... values) {
        try (var connection = source().getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (var rows = statement.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The embedded database can't be asked: " + sql, e);
        }
    }

    /** Begins a transaction that holds whatever this statement locks in a plugin's schema, until it is closed. */
    Connection hold(String plugin, String sql) throws SQLException, IOException {
        Connection connection = source().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            String owner = column("SELECT rolname FROM pg_roles WHERE rolname LIKE ?", "m%\\_" + plugin + "\\_owner")
                    .get(0);
            statement.execute("SET LOCAL ROLE " + owner);
            statement.execute(sql);
        }
        return connection;
    }

    /** Answers the names of the plugins' schemas. */
    List<String> pluginSchemas() {
        return column("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'p\\_%' ORDER BY 1");
    }

    /** Answers the names of the plugins' roles. */
    List<String> pluginRoles() {
        return column("SELECT rolname FROM pg_roles WHERE rolname ~ '^m[0-9a-f]{8}_' ORDER BY 1");
    }

    /** Answers the schemas that hold a table of this name. */
    List<String> schemasWith(String table) {
        return column("SELECT relnamespace::regnamespace FROM pg_class WHERE relname = ?", table);
    }

    /** Answers the address. */
    String url() throws IOException {
        String port =
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
        return "jdbc:postgresql://127.0.0.1:" + port.strip() + "/mortise";
    }

    private PGSimpleDataSource source() throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser("mortise");
        source.setPassword(
                Files.readAllLines(data.resolve("postgres-passwords")).get(1));
        return source;
    }
}
