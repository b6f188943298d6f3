// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;

/** The table of a plugin, whose migration leaves one row in it. */
public record EntryTable(BundleContext plugin) {
    /** Answers the script that makes it. */
    public String creation() {
        return "CREATE TABLE " + name() + " (id int PRIMARY KEY); INSERT INTO " + name() + " VALUES (1)";
    }

    /** Counts. */
    public int rows(DataSource source) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM " + name())) {
            count.next();
            return count.getInt(1);
        }
    }

    private String name() {
        return "p_" + plugin.getBundle().getSymbolicName() + "__entries";
    }
}
