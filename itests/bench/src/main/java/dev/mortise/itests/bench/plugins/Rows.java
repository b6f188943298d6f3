// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Reads rows of a table one by one, with a connection taken for each, as handlers do.
 *
 * @param database lends the connections
 * @param table where they are
 */
public record Rows(DataSource database, String table) {
    /** How many rows there are for each tenant. */
    public static final int COUNT = 1_000;

    /** Writes the rows from a number on. */
    public void fill(long first) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table
                        + " (id, text) SELECT n, 'row ' || n FROM generate_series(?, ?) AS n ON CONFLICT DO NOTHING")) {
            insert.setLong(1, first);
            insert.setLong(2, first + COUNT - 1);
            insert.executeUpdate();
        }
    }

    /** Reads one row. */
    public void read(long id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT text FROM " + table + " WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || row.getString(1).isEmpty()) {
                    throw new IllegalStateException("There is no row " + id + " in " + table + ".");
                }
            }
        }
    }
}
