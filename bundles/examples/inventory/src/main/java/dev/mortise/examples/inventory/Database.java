// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Runs statements on this plugin's tables; Mortise lends a connection that sees the rows of the call's tenant only. */
record Database(DataSource source) {
    private static final String UNIQUE_VIOLATION = "23505";

    /** Makes a value of a row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Answers every row of a query. */
    <T> List<T> query(String sql, Row<T> row, Object... values) {
        return run(sql, values, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        });
    }

    /** Answers the first row of a query. */
    <T> Optional<T> first(String sql, Row<T> row, Object... values) {
        return query(sql, row, values).stream().findFirst();
    }

    /** Changes rows and answers how many. */
    int change(String sql, Object... values) {
        return run(sql, values, PreparedStatement::executeUpdate);
    }

    private <T> T run(String sql, Object[] values, Work<T> work) {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return work.on(statement);
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    private static RuntimeException refusal(SQLException e) {
        return UNIQUE_VIOLATION.equals(e.getSQLState())
                ? new TakenException(e)
                : new IllegalStateException("The database refused a statement: " + e.getMessage(), e);
    }

    /** Another row has this key; the caller knows what to call it. */
    static final class TakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TakenException(SQLException cause) {
            super(cause);
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
