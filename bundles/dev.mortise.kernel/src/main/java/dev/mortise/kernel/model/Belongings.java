// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is kept of a plugin, whether it is here or not.
 *
 * @param schema its schema, when it has one
 * @param tables what lies in the schema
 * @param roles its roles
 * @param rows of the core's tables that belong to it; tables without any are left out
 */
public record Belongings(
        String plugin, Optional<String> schema, List<Table> tables, List<String> roles, List<Rows> rows) {
    public Belongings {
        tables = List.copyOf(tables);
        roles = List.copyOf(roles);
        rows = List.copyOf(rows);
    }

    /** A table of the plugin. */
    public record Table(String name, long rows, long bytes) {}

    /** Rows of one kind. */
    public record Rows(String what, long rows) {}

    /** Tells whether nothing is kept. */
    public boolean none() {
        return schema.isEmpty() && roles.isEmpty() && rows.isEmpty();
    }

    /** Answers all of it as words. */
    public String words() {
        return Stream.of(
                        schema.map(name -> "schema " + name + tableWords()).stream(),
                        roles.stream().map(role -> "role " + role),
                        rows.stream().map(some -> some.rows + " " + some.what))
                .flatMap(parts -> parts)
                .collect(Collectors.joining(", "));
    }

    private String tableWords() {
        return tables.isEmpty()
                ? " without tables"
                : tables.stream()
                        .map(table ->
                                "%s: %d rows, %d kB".formatted(table.name, table.rows, (table.bytes + 1023) / 1024))
                        .collect(Collectors.joining("; ", " (", ")"));
    }
}
