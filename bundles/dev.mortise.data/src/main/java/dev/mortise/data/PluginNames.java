// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;

/** What a plugin's schema and roles are called. Each name has letters, digits and underscores only: it needs no quotes. */
record PluginNames(PluginId plugin, String databaseId) {
    PluginNames {
        if (!databaseId.matches("[0-9a-f]{8}")) {
            throw new IllegalArgumentException("'" + databaseId + "' is no database id of 8 hexadecimal digits.");
        }
    }

    /** The schema. */
    String schema() {
        return schemaOf(plugin);
    }

    /** Answers the schema of a plugin, whatever the database. */
    static String schemaOf(PluginId plugin) {
        return "p_" + plugin.value().replace('-', '_');
    }

    /** Answers whose schema this is. */
    static PluginId pluginOf(String schema) {
        return new PluginId(schema.substring("p_".length()).replace('_', '-'));
    }

    /** What the names of all things in the schema start with. */
    String prefix() {
        return schema() + "__";
    }

    /** The role that makes what is in the schema. */
    String owner() {
        return "m" + databaseId + "_" + word() + "_owner";
    }

    /** The role that works with what is in the schema. */
    String app() {
        return "m" + databaseId + "_" + word() + "_app";
    }

    /** The role that has what logins of tenants may do with the schema; nobody logs in as it. */
    String logins() {
        return "m" + databaseId + "_" + word() + "_rows";
    }

    /** The role that a process of one tenant logs in as. */
    String login(TenantId tenant) {
        return "m" + databaseId + "_" + word() + "_t_"
                + Checksum.of(tenant.value()).substring(0, 16);
    }

    /** A regular expression of the names of all logins of tenants. */
    String everyLogin() {
        return "^m" + databaseId + "_" + word() + "_t_[0-9a-f]{16}$";
    }

    /** The role that every owner is a member of: it may use what the core gives to migrations. */
    String owners() {
        return "m" + databaseId + "_owners";
    }

    private String word() {
        return plugin.value().replace('-', '_');
    }
}
