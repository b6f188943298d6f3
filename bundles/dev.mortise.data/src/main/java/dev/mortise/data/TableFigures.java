// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Belongings.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much lies in a plugin's tables. Counted as the schema's owner: it alone sees the rows of all tenants, and whatever a
 * policy of the plugin calls has its rights and no others.
 */
record TableFigures(List<Table> tables) {
    private static final String TABLES = """
            SELECT c.relname, pg_catalog.pg_total_relation_size(c.oid)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relkind IN ('r', 'm') ORDER BY c.relname
            """;

    private record Size(String name, long bytes) {}

    static TableFigures read(Connection owner, String schema) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (Size size : Sql.list(owner, row -> new Size(row.getString(1), row.getLong(2)), TABLES, schema)) {
            String count = "SELECT pg_catalog.count(*) FROM " + schema + "." + PluginRoles.quoted(size.name);
            tables.add(new Table(size.name, Long.parseLong(Sql.text(owner, count)), size.bytes));
        }
        return new TableFigures(tables);
    }

    /** Words what a later look does not find any more, of tables that are still there. */
    Stream<String> removed(TableFigures later) {
        Map<String, Long> left = later.tables.stream().collect(Collectors.toMap(Table::name, Table::rows));
        return tables.stream()
                .filter(table -> left.getOrDefault(table.name(), table.rows()) < table.rows())
                .map(table -> "removes %d of the %d rows of '%s'"
                        .formatted(table.rows() - left.getOrDefault(table.name(), 0L), table.rows(), table.name()));
    }

    /** Adds to the words for a table that is dropped how many rows go with it. */
    String withRows(String clause) {
        return tables.stream()
                .filter(table -> clause.equals("drops '" + table.name() + "'"))
                .map(table -> clause + " with " + table.rows() + " rows")
                .findFirst()
                .orElse(clause);
    }
}
