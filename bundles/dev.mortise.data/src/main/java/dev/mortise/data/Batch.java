// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One statement for many rows, sent many at a time but never more than a few megabytes. */
final class Batch implements AutoCloseable {
    private static final int ROWS = 500;
    private static final int BYTES = 1 << 20;

    private final PreparedStatement statement;
    private int rows;
    private int bytes;

    Batch(Connection connection, String sql) throws SQLException {
        statement = connection.prepareStatement(sql);
    }

    /** Adds a row, and sends what has gathered when it is enough. */
    void add(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, storable(values[i]));
            bytes += values[i] instanceof byte[] content ? content.length : 0;
        }
        statement.addBatch();
        rows++;
        if (rows >= ROWS || bytes >= BYTES) {
            send();
        }
    }

    /** Sends what has gathered. */
    void send() throws SQLException {
        statement.executeBatch();
        rows = 0;
        bytes = 0;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    /** PostgreSQL holds no NUL in text; a plugin may have said one in why it failed. */
    private static @Nullable Object storable(@Nullable Object value) {
        return value instanceof String text ? text.replace('\0', '\uFFFD') : value;
    }
}
