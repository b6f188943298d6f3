// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few lines around a statement: values go in as parameters, rows come out as values. */
final class Sql {
    private Sql() {}

    /** Answers all rows. */
    static <T> List<T> list(Connection connection, Row<T> row, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        }
    }

    /** Answers the first row, if there is one. */
    static <T> Optional<T> first(Connection connection, Row<T> row, String sql, @Nullable Object... values)
            throws SQLException {
        List<T> rows = list(connection, row, sql, values);
        // by hand: whatever asks for one row comes through here, and a stream takes longer than the rest of it
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    /** Answers the text in the first column of the one row. */
    static String text(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        return first(connection, row -> row.getString(1), sql, values)
                .orElseThrow(() -> new IllegalStateException("No row where one must be: " + sql));
    }

    /** Changes rows, and answers how many. */
    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Runs statements that hold no values. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
