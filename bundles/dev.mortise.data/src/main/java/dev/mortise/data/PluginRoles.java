// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a plugin's schema and roles, at every use what is missing of them; {@link RoleCheck} says what they may have. */
final class PluginRoles {
    private static final Logger LOG = LoggerFactory.getLogger(PluginRoles.class);

    static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('mortise roles of ' || ?, 0))";
    private static final String ROLES = "SELECT rolname FROM pg_roles WHERE rolname IN (?, ?, ?, ?)";
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
                mortise.divided_tables(), mortise.undivided_since(text[]), mortise.undone_tables(text),
                mortise.rows_of_tenant(text)
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
    /** What the app role's password is made of since processes of tenants, which may have got it before, have logins of their own. */
    private static final String ANEW = " beside logins of tenants";

    private final DatabaseKey key;

    PluginRoles(DatabaseKey key) {
        this.key = key;
    }

    /**
     * Makes what is missing of schema and roles, one container at a time, and verifies the roles. Answers the password of
     * the app role.
     */
    String ensure(Connection connection, PluginNames names) throws SQLException {
        return ensure(connection, names, false);
    }

    /** Does the same, and sees to it that the plugin may have logins for tenants. */
    String ensureForLogins(Connection connection, PluginNames names) throws SQLException {
        return ensure(connection, names, true);
    }

    private String ensure(Connection connection, PluginNames names, boolean forLogins) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Sql.text(connection, LOCK, names.schema());
            List<String> there = Sql.list(
                    connection,
                    row -> row.getString(1),
                    ROLES,
                    names.owner(),
                    names.app(),
                    names.owners(),
                    names.logins());
            createMissing(connection, names, there);
            boolean logins = there.contains(names.logins());
            if (forLogins && !logins) {
                createRole(connection, names.logins(), "NOLOGIN");
                LOG.info(
                        "plugin={} has logins for tenants now; role {} gets another password",
                        names.plugin(),
                        names.app());
            }
            verify(connection, names);
            Sql.execute(connection, fill(SET_UP, names, connection.getCatalog()));
            String password = key.passwordOf(forLogins || logins ? names.app() + ANEW : names.app());
            Sql.execute(connection, "ALTER ROLE " + names.app() + " PASSWORD '" + verifier(password) + "'");
            connection.commit();
            return password;
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
        new RoleCheck(
                        List.of(names.owner(), names.app()),
                        List.of(),
                        List.of(names.owner() + " in " + names.owners()),
                        List.of(names.owner() + " in " + names.schema()))
                .verify(connection, names);
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
            createRole(connection, names.owner(), "NOLOGIN");
        }
        if (!there.contains(names.app())) {
            createRole(connection, names.app(), "LOGIN");
            LOG.info("plugin={} schema {} and its roles made", names.plugin(), names.schema());
        }
    }

    /** Makes a role that has no attribute but this one. */
    static void createRole(Connection connection, String role, String login) throws SQLException {
        Sql.execute(connection, CREATE.formatted(role, login));
    }

    /** Answers a database's name as it is written in a statement. */
    static String quoted(String database) {
        return '"' + database.replace("\"", "\"\"") + '"';
    }

    private static void createShared(Connection connection, PluginNames names) throws SQLException {
        Sql.text(connection, LOCK, names.owners());
        if (Sql.list(connection, row -> row.getString(1), ROLES, names.owners(), "", "", "")
                .isEmpty()) {
            createRole(connection, names.owners(), "NOLOGIN");
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
