// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The relations, columns, primary keys and checks of a plugin's schema, as code that runs may rely on them. A migration of the
 * phase expand adds to them and takes nothing away, so that the version that runs goes on beside the one that comes.
 */
record SchemaShape(Map<Long, Relation> relations) {
    private static final String SEARCH_PATH = "SELECT pg_catalog.set_config('search_path', ?, true)";
    private static final String READ = """
            SELECT c.oid, c.relname, c.relkind IN ('r', 'p'), a.attnum, a.attname, a.atttypid, a.atttypmod,
                   pg_catalog.format_type(a.atttypid, a.atttypmod),
                   a.attnotnull AND NOT (a.atthasdef OR a.attidentity <> '')
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
             ORDER BY c.oid, a.attnum
            """;
    private static final String READ_RULES = """
            SELECT c.oid, k.oid, k.conname, coalesce(k.conkey, '{}'), k.contype = 'p', k.condeferrable
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND k.contype IN ('c', 'p')
             ORDER BY c.oid, k.conname
            """;

    /** A table, view or sequence. */
    record Relation(String name, boolean table, Map<Integer, Column> columns, List<Rule> rules) {
        Map<Long, Rule> checks() {
            return rules.stream().filter(rule -> !rule.key).collect(Collectors.toMap(Rule::id, rule -> rule));
        }

        Optional<Rule> key() {
            return rules.stream().filter(Rule::key).findFirst();
        }
    }

    /**
     * What rows must be like, by the numbers of the columns that it is about.
     *
     * @param key whether it is the primary key, otherwise it is a check
     * @param late whether it may hold only at the end of a transaction; then no {@code ON CONFLICT} finds it
     */
    record Rule(long relation, long id, String name, Set<Integer> columns, boolean key, boolean late) {
        static Rule read(ResultSet row) throws SQLException {
            Short[] columns = (Short[]) row.getArray(4).getArray();
            return new Rule(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    Arrays.stream(columns).map(Short::intValue).collect(Collectors.toSet()),
                    row.getBoolean(5),
                    row.getBoolean(6));
        }

        boolean standsFor(Rule before) {
            return columns.equals(before.columns) && (before.late || !late);
        }
    }

    /**
     * A column.
     *
     * @param demanding whether every new row must name a value
     */
    record Column(String name, ColumnType type, boolean demanding) {}

    /** Reads it inside the migration's transaction; whatever a script has put on the search path is not asked. */
    static SchemaShape read(Connection connection, String schema) throws SQLException {
        String path = Sql.text(connection, "SELECT pg_catalog.current_setting('search_path')");
        Sql.text(connection, SEARCH_PATH, "pg_catalog, pg_temp");
        Map<Long, List<Rule>> rules = Sql.list(connection, Rule::read, READ_RULES, schema).stream()
                .collect(Collectors.groupingBy(Rule::relation));
        Map<Long, Relation> relations = new LinkedHashMap<>();
        Sql.list(
                        connection,
                        row -> new Line(
                                row.getLong(1),
                                row.getString(2),
                                row.getBoolean(3),
                                row.getInt(4),
                                new Column(
                                        String.valueOf(row.getString(5)),
                                        new ColumnType(row.getLong(6), row.getInt(7), String.valueOf(row.getString(8))),
                                        row.getBoolean(9))),
                        READ,
                        schema)
                .forEach(line -> line.into(relations, rules));
        Sql.text(connection, SEARCH_PATH, path);
        return new SchemaShape(relations);
    }

    private record Line(long relation, String name, boolean table, int number, Column column) {
        void into(Map<Long, Relation> relations, Map<Long, List<Rule>> rules) {
            Relation known = relations.computeIfAbsent(
                    relation,
                    oid -> new Relation(name, table, new LinkedHashMap<>(), rules.getOrDefault(oid, List.of())));
            if (number > 0) {
                known.columns().put(number, column);
            }
        }
    }

    /** Answers what a later shape takes away from code that relies on this one, as the clause of a sentence. */
    Optional<String> lostIn(SchemaShape later) {
        return losses(later).findFirst();
    }

    /** Answers all of that. */
    Stream<String> losses(SchemaShape later) {
        return relations.entrySet().stream()
                .flatMap(entry -> lost(entry.getValue(), Optional.ofNullable(later.relations.get(entry.getKey()))));
    }

    private static Stream<String> lost(Relation before, Optional<Relation> after) {
        if (after.isEmpty()) {
            return Stream.of("drops '" + before.name() + "'");
        }
        if (!after.get().name().equals(before.name())) {
            return Stream.of("renames '" + before.name() + "'");
        }
        return Stream.of(
                        before.columns().entrySet().stream()
                                .flatMap(entry ->
                                        lost(
                                                before,
                                                entry.getValue(),
                                                after.get().columns().get(entry.getKey()))
                                                .stream()),
                        demanded(before, after.get()).stream(),
                        unkeyed(before, after.get()).stream(),
                        forbidden(before, after.get()))
                .flatMap(parts -> parts);
    }

    private static Optional<String> lost(Relation relation, Column before, @Nullable Column after) {
        String place = "column '" + before.name() + "' of '" + relation.name() + "'";
        if (after == null) {
            return Optional.of("drops " + place);
        }
        if (!after.name().equals(before.name())) {
            return Optional.of("renames " + place);
        }
        if (!after.type().holds(before.type())) {
            return Optional.of("narrows " + place + " from " + before.type() + " to " + after.type());
        }
        return after.demanding() && !before.demanding()
                ? Optional.of("makes " + place + " NOT NULL")
                : Optional.empty();
    }

    private static Optional<String> demanded(Relation before, Relation after) {
        return after.columns().entrySet().stream()
                .filter(entry -> before.table() && !before.columns().containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(Column::demanding)
                .findFirst()
                .map(column ->
                        "adds column '" + column.name() + "' to '" + before.name() + "' as NOT NULL without a default");
    }

    /** Writing over rows that are there, and grouping by them, needs the key; of a dropped column more is said already. */
    private static Optional<String> unkeyed(Relation before, Relation after) {
        return before.key()
                .filter(key -> after.columns().keySet().containsAll(key.columns()))
                .filter(key -> after.key().filter(now -> now.standsFor(key)).isEmpty())
                .map(key -> "drops primary key '" + key.name() + "' of '" + before.name() + "'");
    }

    /** A check in the place of another one says what that said, or less, as far as can be told. */
    private static Stream<String> forbidden(Relation before, Relation after) {
        Map<Long, Rule> known = before.checks();
        Map<Long, Rule> now = after.checks();
        List<Set<Integer>> replaced = known.values().stream()
                .filter(check -> !now.containsKey(check.id()))
                .map(Rule::columns)
                .toList();
        return after.rules().stream()
                .filter(check -> !check.key() && !known.containsKey(check.id()))
                // code that does not know a column leaves it at its default
                .filter(check ->
                        check.columns().isEmpty() || check.columns().stream().anyMatch(before.columns()::containsKey))
                .filter(check -> !replaced.contains(check.columns()))
                .map(check -> "forbids rows of '" + before.name() + "' by check '" + check.name() + "'");
    }
}
