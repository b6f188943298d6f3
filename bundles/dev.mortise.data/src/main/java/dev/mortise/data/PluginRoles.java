// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a plugin's schema and its two roles, and verifies them at every use. Attributes are given when a role is made; a
 * user with CREATEROLE may not take them away later, so a deviation is refused, not repaired.
 */
final class PluginRoles {
    private static final Logger LOG = LoggerFactory.getLogger(PluginRoles.class);

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('mortise roles of ' || ?, 0))";
    private static final String ROLES = "SELECT rolname FROM pg_roles WHERE rolname IN (?, ?, ?)";
    private static final String CREATE =
            "CREATE ROLE %s %s NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION";
    // once for all plugins: an own grant for each would grow these rows of the catalog without end
    private static final String SHARE = """
            GRANT USAGE ON SCHEMA mortise TO {owners};
            GRANT REFERENCES (id) ON mortise.tenant TO {owners};
            GRANT EXECUTE ON FUNCTION mortise.plugin_of_session(), mortise.run_script(text), mortise.check_names(),
                mortise.violations(oid, oid, oid, oid, oid, text), mortise.plugin_history(),
                mortise.record_migration(bigint, text, text, text), mortise.tenant_table(text),
                mortise.plugin_id_of_session(), mortise.record_migration(bigint, text, text, text, text, text, text),
                mortise.begin_migration(bigint, text, text, text, boolean), mortise.begun_migration(),
                mortise.forget_begun_migration(), mortise.take_back_migration(bigint, text, text),
                mortise.of_this_script(xid), mortise.tenant_columns(), mortise.crossing_keys(), mortise.telling_keys(),
                mortise.ways_around(), mortise.undone_tables(), mortise.rows_of_owner(text), mortise.triggers_of_keys(),
                mortise.divided_tables(), mortise.undivided_since(text[])
                TO {owners};
            """;
    // written again at each run: all of it may be said twice
    private static final String SET_UP = """
            GRANT {owner} TO CURRENT_USER;
            CREATE SCHEMA IF NOT EXISTS {schema};
            GRANT USAGE, CREATE ON SCHEMA {schema} TO {owner};
            GRANT USAGE ON SCHEMA {schema} TO {app};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema}
                GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT USAGE ON SEQUENCES TO {app};
            GRANT {owners} TO {owner};
            ALTER ROLE {app} RESET ALL;
            ALTER ROLE {app} IN DATABASE {database} RESET ALL;
            """;
    private static final String DEVIATIONS = """
            SELECT r.rolname, a.name FROM pg_roles r,
                   LATERAL (VALUES ('SUPERUSER', r.rolsuper), ('BYPASSRLS', r.rolbypassrls),
                                   ('CREATEDB', r.rolcreatedb), ('CREATEROLE', r.rolcreaterole),
                                   ('REPLICATION', r.rolreplication)) a (name, set)
             WHERE r.rolname IN (?, ?) AND a.set
            UNION ALL
            SELECT r.rolname, 'membership in ' || m.roleid::regrole FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
             WHERE r.rolname IN (?, ?) AND NOT (r.rolname = ? AND m.roleid::regrole::text = ? AND NOT m.admin_option)
            UNION ALL
            SELECT r.rolname, 'CREATE on schema ' || n.nspname FROM pg_roles r, pg_namespace n
             WHERE r.rolname IN (?, ?) AND has_schema_privilege(r.oid, n.oid, 'CREATE')
               AND NOT (n.nspname = ? AND r.rolname = ?)
            UNION ALL
            SELECT r.rolname, p.name || ' on this database' FROM pg_roles r, (VALUES ('CREATE'), ('TEMPORARY')) p (name)
             WHERE r.rolname IN (?, ?) AND has_database_privilege(r.oid, current_database(), p.name)
            """;

    private final DatabaseKey key;

    PluginRoles(DatabaseKey key) {
        this.key = key;
    }

    private record Deviation(String role, String what) {
        static Deviation read(ResultSet row) throws SQLException {
            return new Deviation(row.getString(1), row.getString(2));
        }
    }

    /** Makes what is missing of schema and roles, one container at a time, and verifies the roles. */
    void ensure(Connection connection, PluginNames names) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Sql.text(connection, LOCK, names.schema());
            List<String> there =
                    Sql.list(connection, row -> row.getString(1), ROLES, names.owner(), names.app(), names.owners());
            createMissing(connection, names, there);
            verify(connection, names);
            Sql.execute(connection, fill(SET_UP, names, connection.getCatalog()));
            Sql.execute(
                    connection,
                    "ALTER ROLE " + names.app() + " PASSWORD '" + verifier(key.passwordOf(names.app())) + "'");
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * Verifies what the roles may.
     *
     * @throws Refusal naming every attribute and right that they must not have
     */
    void verify(Connection connection, PluginNames names) throws SQLException {
        String owner = names.owner();
        String app = names.app();
        List<Deviation> found = Sql.list(
                connection,
                Deviation::read,
                DEVIATIONS,
                owner,
                app,
                owner,
                app,
                owner,
                names.owners(),
                owner,
                app,
                names.schema(),
                owner,
                owner,
                app);
        if (!found.isEmpty()) {
            throw new Refusal("The database gives roles of plugin '" + names.plugin() + "' what they must not have: "
                    + found.stream().map(d -> d.role + " has " + d.what).collect(Collectors.joining(", "))
                    + ". Take it away as a superuser, then start the plugin again.");
        }
    }

    /** Answers the password of the role that works with the plugin's tables. */
    String appPassword(PluginNames names) {
        return key.passwordOf(names.app());
    }

    /** Answers what the server stores of a password, so that the password itself is never part of a statement. */
    static String verifier(String password) throws SQLException {
        return PasswordUtil.encodeScramSha256(password.toCharArray());
    }

    private static void createMissing(Connection connection, PluginNames names, List<String> there)
            throws SQLException {
        if (!there.contains(names.owners())) {
            createShared(connection, names);
        }
        if (!there.contains(names.owner())) {
            Sql.execute(connection, CREATE.formatted(names.owner(), "NOLOGIN"));
        }
        if (!there.contains(names.app())) {
            Sql.execute(connection, CREATE.formatted(names.app(), "LOGIN"));
            LOG.info("plugin={} schema {} and its roles made", names.plugin(), names.schema());
        }
    }

    /** Answers a database's name as it is written in a statement. */
    static String quoted(String database) {
        return '"' + database.replace("\"", "\"\"") + '"';
    }

    private static void createShared(Connection connection, PluginNames names) throws SQLException {
        Sql.text(connection, LOCK, names.owners());
        if (Sql.list(connection, row -> row.getString(1), ROLES, names.owners(), "", "")
                .isEmpty()) {
            Sql.execute(connection, CREATE.formatted(names.owners(), "NOLOGIN"));
            Sql.execute(connection, fill(SHARE, names, connection.getCatalog()));
        }
    }

    private static String fill(String statements, PluginNames names, String database) {
        return statements
                .replace("{database}", quoted(database))
                .replace("{owners}", names.owners())
                .replace("{owner}", names.owner())
                .replace("{app}", names.app())
                .replace("{schema}", names.schema());
    }
}
