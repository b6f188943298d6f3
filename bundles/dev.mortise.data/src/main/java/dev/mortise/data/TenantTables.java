// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.TenantStore.Holding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The tables whose rows belong to tenants: all that refer to {@code mortise.tenant}, of plugins and of the core. Those that
 * somebody else made in this database are none of ours; their keys may keep a tenant from being deleted.
 */
record TenantTables(PooledDatabase database) {
    /** Leaves alone of partitioned tables, because a row's place is told by its table. */
    private static final String TABLES = """
            SELECT n.nspname, quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(a.attname),
                   quote_ident(pg_get_userbyid(c.relowner)), r.oid::bigint,
                   ARRAY(SELECT coalesce(pg_partition_root(f.confrelid), f.confrelid)::bigint
                           FROM pg_constraint f
                          WHERE f.contype = 'f' AND f.conrelid IN (c.oid, r.oid))
              FROM pg_constraint k
              JOIN pg_class c ON c.oid = k.conrelid AND c.relkind = 'r'
              JOIN pg_namespace n ON n.oid = c.relnamespace
             CROSS JOIN LATERAL (SELECT coalesce(pg_partition_root(c.oid), c.oid) AS oid) r
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
             WHERE k.contype = 'f' AND k.confrelid = 'mortise.tenant'::regclass AND cardinality(k.conkey) = 1
               AND (n.nspname = 'mortise' OR (starts_with(n.nspname, 'p_') AND pg_has_role(c.relowner, 'MEMBER')))
             ORDER BY n.nspname, c.relname
            """;

    /**
     * One table.
     *
     * @param name quoted where it must be
     * @param owner the role that sees all its rows
     * @param id of the table, or of the one that it is a part of
     * @param parents the ids of those that it refers to
     */
    record Table(String schema, String name, String column, String owner, long id, Set<Long> parents) {
        boolean ofCore() {
            return schema.equals("mortise");
        }

        Optional<String> plugin() {
            return ofCore()
                    ? Optional.empty()
                    : Optional.of(PluginNames.pluginOf(schema).value());
        }

        private static Table read(ResultSet row) throws SQLException {
            Long[] parents = (Long[]) row.getArray(6).getArray();
            return new Table(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    new HashSet<>(Arrays.asList(parents)));
        }

        private boolean refersTo(Table other) {
            return id != other.id && parents.contains(other.id);
        }
    }

    List<Table> all(Connection connection) throws SQLException {
        return Sql.list(connection, Table::read, TABLES);
    }

    /** Answers them so that what refers to another comes before it; those that refer to one another come in any order. */
    List<Table> childrenFirst(Connection connection) throws SQLException {
        List<Table> left = new ArrayList<>(all(connection));
        List<Table> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Table> free = left.stream()
                    .filter(table -> left.stream().noneMatch(other -> other.refersTo(table)))
                    .toList();
            List<Table> next = free.isEmpty() ? List.copyOf(left) : free;
            ordered.addAll(next);
            left.removeAll(next);
        }
        return ordered;
    }

    /** Counts the rows of a tenant, in a transaction. */
    List<Holding> holdings(Connection connection, TenantId tenant) throws SQLException {
        return holdings(connection, all(connection), tenant);
    }

    /** Counts those that are not the core's. */
    List<Holding> ofPlugins(Connection connection, TenantId tenant) throws SQLException {
        return holdings(
                connection,
                all(connection).stream().filter(table -> !table.ofCore()).toList(),
                tenant);
    }

    private static List<Holding> holdings(Connection connection, List<Table> tables, TenantId tenant)
            throws SQLException {
        List<Holding> holdings = new ArrayList<>();
        for (Table table : tables) {
            String count = "SELECT (SELECT count(*) FROM %s WHERE %s = $1)".formatted(table.name, table.column);
            long rows = run(connection, table, tenant, count);
            if (rows > 0) {
                holdings.add(new Holding(table.plugin(), table.name, rows));
            }
        }
        return holdings;
    }

    /** Removes at most so many rows of a tenant, in a transaction; answers how many. */
    long remove(Connection connection, Table table, TenantId tenant, int most) throws SQLException {
        return run(connection, table, tenant, """
                WITH gone AS (
                    DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE %2$s = $1 LIMIT %3$d)) RETURNING 1)
                SELECT (SELECT count(*) FROM gone)""".formatted(table.name, table.column, most));
    }

    /**
     * Removes all rows of a tenant from tables of one owner, in one statement: foreign keys are looked at when it is done,
     * so that it does not matter which row refers to which.
     */
    long removeAll(Connection connection, List<Table> together, TenantId tenant) throws SQLException {
        StringJoiner parts = new StringJoiner(", ", "WITH ", "");
        StringJoiner counts = new StringJoiner(" + ", " SELECT ", "");
        for (int i = 0; i < together.size(); i++) {
            Table table = together.get(i);
            parts.add("d%d AS (DELETE FROM %s WHERE %s = $1 RETURNING 1)".formatted(i, table.name, table.column));
            counts.add("(SELECT count(*) FROM d" + i + ")");
        }
        return run(connection, together.get(0), tenant, parts.toString() + counts);
    }

    /** Row-level security hides a plugin's rows from everybody but their owner, also from the core user. */
    private static long run(Connection connection, Table table, TenantId tenant, String statement) throws SQLException {
        if (!table.ofCore()) {
            return new OwnerFunction(PluginRoles.quoted(table.schema), table.owner).run(connection, tenant, statement);
        }
        int times = statement.split("\\$1", -1).length - 1;
        Object[] tenants = Collections.nCopies(times, tenant.value()).toArray();
        return Long.parseLong(Sql.text(connection, statement.replace("$1", "?"), tenants));
    }
}
