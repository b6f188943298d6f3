// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.name;

import dev.mortise.kernel.model.PluginId;
import java.util.regex.Pattern;

/** The names that a plugin has in the database, all of which follow from its id. */
public record Names(PluginId plugin) {
    /** How long the name of a table, type or function may be in bytes, so that what PostgreSQL derives from it fits. */
    public static final int LONGEST_OWN = 55;

    /** How long any name may be in bytes; PostgreSQL cuts longer ones without a word. */
    public static final int LONGEST = 63;

    private static final Pattern DATABASE = Pattern.compile("[0-9a-f]{8}");

    /** Answers the schema: {@code p_worker_token}. */
    public String schema() {
        return "p_" + plugin.value().replace('-', '_');
    }

    /** Answers what the name of every table starts with: {@code p_worker_token__}. */
    public String tablePrefix() {
        return schema() + "__";
    }

    /** Answers what the names of relations, indexes, functions and types match. */
    public String pattern() {
        return "^(idx_)?" + tablePrefix() + "[a-z0-9_]+$";
    }

    /** Answers the role that owns the tables, by the eight hexadecimal digits of the database's id. */
    public String ownerRole(String database) {
        return role(database, "owner");
    }

    /** Answers the role that the plugin works with, by the eight hexadecimal digits of the database's id. */
    public String appRole(String database) {
        return role(database, "app");
    }

    /** Tells whether a relation, index, function or type may be called so. */
    public boolean owns(String name) {
        return name.length() <= LONGEST && name.matches(pattern());
    }

    /** Tells whether the plugin itself may give this name to a table, type or function. */
    public boolean ownsAsGiven(String name) {
        return name.length() <= LONGEST_OWN && owns(name);
    }

    private String role(String database, String suffix) {
        if (!DATABASE.matcher(database).matches()) {
            throw new IllegalArgumentException(
                    "'" + database + "' is no database id: eight hexadecimal digits in lower case are.");
        }
        return "m" + database + schema().substring(1) + "_" + suffix;
    }
}
