// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.Belongings.Rows;
import dev.mortise.kernel.model.Belongings.Table;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginData.Stillness;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is kept of a plugin, and removes it: schema, roles and rows go in one transaction, so that a kill at any
 * instant leaves all of it or nothing. Artifacts and the journal of deployments are not data of the plugin and stay.
 */
record PluginPurge(OwnerWork work) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginPurge.class);
    /** What the core keeps of a plugin: how it is called, and where. */
    private static final Map<String, String> ROWS = new TreeMap<>(Map.of(
            "applied migrations", "_plugin_migrations WHERE plugin_id = ?",
            "where it was moved to", "plugin_location WHERE plugin_id = ?",
            "migrations that were begun", "plugin_migration_begun WHERE plugin_id = ?",
            "installations with settings and credentials", "plugin_instance WHERE plugin_id = ?",
            "values of shared data", "shared_data WHERE owner_id = ?",
            "namespaces of shared data with readers", "shared_data_reader WHERE owner_id = ?",
            "tokens of the plugin", "token WHERE plugin_id = ?",
            "logins of tenants", "tenant_login WHERE plugin_id = ?",
            "connections that were begun", "oauth_request WHERE plugin_id = ?",
            "what it said of itself", "plugin_registry WHERE plugin_id = ?"));

    private static final String ROLES =
            "SELECT rolname FROM pg_roles WHERE rolname IN (?, ?, ?) OR rolname ~ ? ORDER BY rolname";
    private static final String SCHEMA = "SELECT nspname FROM pg_namespace WHERE nspname = ?";
    // the app role may own large objects, which lie in no schema
    static final String DROP_OWNED = "GRANT {role} TO CURRENT_USER; DROP OWNED BY {role} CASCADE";
    private static final String LOG_ENTRY =
            "INSERT INTO mortise.plugin_data_log (plugin_id, what, detail) VALUES (?, 'purge', ?)";
    private static final String NOBODY_CHANGES_WHAT_IS_DESIRED =
            "SELECT generation FROM mortise.desired_generation FOR UPDATE";
    private static final String DESIRED = "SELECT count(*) FROM mortise.desired_plugin WHERE plugin_id = ?";

    /** Says what is kept. */
    Belongings of(PluginId plugin) {
        PluginNames names = work.names(plugin);
        Belongings found = work.database()
                .call(
                        "what is kept of plugin '" + plugin + "' is being counted",
                        connection -> read(connection, names));
        return found.schema().isEmpty() || !found.roles().contains(names.owner())
                ? found
                : new Belongings(found.plugin(), found.schema(), tables(names), found.roles(), found.rows());
    }

    private List<Table> tables(PluginNames names) {
        return work.as(
                names,
                "the tables of plugin '" + names.plugin() + "' are being counted",
                owner -> TableFigures.read(owner, names.schema()).tables());
    }

    private static Belongings read(Connection connection, PluginNames names) throws SQLException {
        List<Rows> rows = new ArrayList<>();
        for (Map.Entry<String, String> kind : ROWS.entrySet()) {
            long count = Long.parseLong(Sql.text(
                    connection,
                    "SELECT count(*) FROM mortise." + kind.getValue(),
                    names.plugin().value()));
            if (count > 0) {
                rows.add(new Rows(kind.getKey(), count));
            }
        }
        return new Belongings(
                names.plugin().value(),
                Sql.first(connection, row -> row.getString(1), SCHEMA, names.schema()),
                List.of(),
                roles(connection, names),
                rows);
    }

    private static List<String> roles(Connection connection, PluginNames names) throws SQLException {
        return Sql.list(
                connection,
                row -> row.getString(1),
                ROLES,
                names.owner(),
                names.app(),
                names.logins(),
                names.everyLogin());
    }

    /** Removes it. */
    void purge(PluginId plugin, Stillness stillness) {
        PluginNames names = work.names(plugin);
        OwnerWork.refusing(plugin, "plugin '" + plugin + "' is being purged", () -> {
            try (Connection connection = work.database().connector().patient().getConnection()) {
                connection.setAutoCommit(false);
                String words = remove(connection, names, stillness);
                connection.commit();
                LOG.info("plugin={} purged: {}", plugin, words);
                return true;
            } catch (SQLException e) {
                if (MigrationFault.tookTooLong(e)) {
                    throw held(plugin);
                }
                throw e;
            }
        });
    }

    private static MigrationRefused held(PluginId plugin) {
        return new MigrationRefused(new MigrationProblem(
                "What is kept of plugin '" + plugin + "' is held by a running transaction for longer than"
                        + " migration.lock.timeout.seconds, or is more than migration.timeout.seconds is enough for."
                        + " Nothing was changed.",
                "Try again, or raise them in etc/data.properties."));
    }

    private String remove(Connection connection, PluginNames names, Stillness stillness)
            throws SQLException, InterruptedException, MigrationRefused {
        Duration patience = work.database().connector().limits().migrations().lock();
        Sql.text(connection, PluginRoles.LOCK, names.schema());
        new MigrationTurn(names, patience).now(connection);
        new Quiet(names, stillness, patience, work.running()).require(connection);
        String words = read(connection, names).words();
        drop(connection, names);
        for (String rows : ROWS.values()) {
            Sql.update(connection, "DELETE FROM mortise." + rows, names.plugin().value());
        }
        Sql.update(connection, LOG_ENTRY, names.plugin().value(), words);
        refuseDesired(connection, names.plugin());
        return words;
    }

    private static void drop(Connection connection, PluginNames names) throws SQLException {
        List<String> roles = new ArrayList<>();
        for (String role : roles(connection, names)) {
            if (role.matches(names.everyLogin())) {
                TenantLogins.drop(connection, role);
            } else {
                roles.add(role);
            }
        }
        for (String role : roles) {
            Sql.execute(connection, DROP_OWNED.replace("{role}", role));
        }
        Sql.execute(connection, "DROP SCHEMA IF EXISTS " + names.schema() + " CASCADE");
        for (String role : roles) {
            Sql.execute(connection, "DROP ROLE " + role);
        }
    }

    /** The last word before the end: whoever wants the plugin since has to wait for this, or is seen here. */
    private static void refuseDesired(Connection connection, PluginId plugin) throws SQLException, MigrationRefused {
        Sql.text(connection, NOBODY_CHANGES_WHAT_IS_DESIRED);
        if (!Sql.text(connection, DESIRED, plugin.value()).equals("0")) {
            throw new MigrationRefused(new MigrationProblem(
                    "Plugin '" + plugin + "' is to run again. Nothing was changed.", "Uninstall it, then purge it."));
        }
    }
}
