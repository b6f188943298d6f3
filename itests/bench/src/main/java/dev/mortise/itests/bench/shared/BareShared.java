// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.shared;

import dev.mortise.itests.bench.EmbeddedServer;
import dev.mortise.itests.bench.plugins.SharedRoutes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the data bundle, taken out of its jar, on one connection that is never given back: what shared data
 * would cost without Mortise around it.
 */
final class BareShared implements AutoCloseable {
    private final Connection connection;
    private final Class<?> statements;

    private BareShared(Connection connection, Class<?> statements) {
        this.connection = connection;
        this.statements = statements;
    }

    static BareShared open(Path home, Path dataBundle) throws IOException, SQLException, ReflectiveOperationException {
        return new BareShared(EmbeddedServer.of(home).connect(), load(dataBundle));
    }

    private static Class<?> load(Path jar) throws MalformedURLException, ClassNotFoundException {
        ClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        return Class.forName("dev.mortise.data.SharedSql", true, loader);
    }

    /** Does an operation as often as it can, and answers how often in a second. */
    double perSecond(String operation, long millis) throws SQLException, ReflectiveOperationException {
        delete();
        set(sql("SET"));
        String sql = sql(
                switch (operation) {
                    case "get" -> "GET";
                    case "set" -> "SET";
                    default -> "REPLACE";
                });
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long begin = System.nanoTime();
        long done = 0;
        while (System.nanoTime() < end) {
            done++;
            switch (operation) {
                case "get" -> get(sql);
                case "set" -> set(sql);
                default -> replace(sql, done);
            }
        }
        return done * 1e9 / (System.nanoTime() - begin);
    }

    private String sql(String name) throws ReflectiveOperationException {
        Field field = statements.getDeclaredField(name);
        field.setAccessible(true);
        return String.valueOf(field.get(null));
    }

    private void delete() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM mortise.shared_data WHERE namespace = 'bench.bare'")) {
            statement.executeUpdate();
        }
    }

    private void get(String sql) throws SQLException {
        row(sql, "default", "bench.bare", "eur");
    }

    private void set(String sql) throws SQLException {
        row(sql, "default", "bench.bare", "eur", SharedPlugin.ID, value(), length(), null);
    }

    private void replace(String sql, long version) throws SQLException {
        row(sql, value(), length(), null, "default", "bench.bare", "eur", SharedPlugin.ID, version);
    }

    private static String value() {
        return SharedRoutes.VALUE;
    }

    private static int length() {
        return SharedRoutes.VALUE.getBytes(StandardCharsets.UTF_8).length;
    }

    private void row(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("No row where one must be: " + sql);
                }
                for (int column = rows.getMetaData().getColumnCount(); column > 0; column--) {
                    rows.getObject(column);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
