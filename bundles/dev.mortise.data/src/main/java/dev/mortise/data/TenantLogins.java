// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles that processes of one tenant log in as. The policies of tables tell the tenant by them (version 19 of the schema), and
 * nothing that a session says changes that. They are made at the first start of such a process and go with tenant or plugin.
 */
record TenantLogins(DatabaseKey key, int connections) {
    private static final Logger LOG = LoggerFactory.getLogger(TenantLogins.class);
    /** Something in another database of the server belongs to the role. */
    private static final String STILL_NEEDED = "2BP01";

    // held to the end, so that the tenant is not taken away meanwhile without this role
    private static final String TENANT = "SELECT id FROM mortise.tenant WHERE id = ? AND NOT deleting FOR KEY SHARE";
    private static final String RECORD = """
            INSERT INTO mortise.tenant_login (role, plugin_id, tenant_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
            """;
    private static final String WHOSE = "SELECT tenant_id FROM mortise.tenant_login WHERE role = ?";
    private static final String OF_TENANT = "SELECT role FROM mortise.tenant_login WHERE tenant_id = ? ORDER BY role";
    private static final String FORGET = "DELETE FROM mortise.tenant_login WHERE role = ?";
    private static final String THERE = "SELECT rolname FROM pg_roles WHERE rolname = ?";
    // written again at each start: a process may have changed what is its own
    private static final String SET_UP = """
            GRANT {logins} TO {login};
            GRANT USAGE ON SCHEMA {schema} TO {logins};
            ALTER ROLE {login} RESET ALL;
            ALTER ROLE {login} IN DATABASE {database} RESET ALL;
            ALTER ROLE {login} CONNECTION LIMIT {connections} PASSWORD '{password}';
            """;
    private static final String UNDONE = "SELECT u FROM mortise.undone_tables(?) u LIMIT 1";
    private static final String RIGHTS = """
            SELECT mortise.set_rights_of_logins(?, ?, ?, rolname) FROM pg_roles WHERE rolname = ?
            """;

    /**
     * Makes what is missing of the tenant's role, gives it what the plugin's app role may do with rows of one tenant, and
     * answers its password. The plugin's own roles are there, made for logins.
     *
     * @throws Refusal when the tenant is not there, a role may more than it must, or tables don't keep their tenants apart
     */
    String ensure(Connection connection, PluginNames names, TenantId tenant) throws SQLException {
        connection.setAutoCommit(false);
        try {
            record(connection, names, tenant);
            Sql.text(connection, PluginRoles.LOCK, names.schema());
            String login = names.login(tenant);
            createMissing(connection, names, login);
            check(names, login).verify(connection, names);
            refuseUndone(connection, names);
            String password = key.passwordOf(login);
            Sql.execute(connection, setUp(names, login, connection.getCatalog(), password));
            settle(connection, names);
            connection.commit();
            return password;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void record(Connection connection, PluginNames names, TenantId tenant) throws SQLException {
        String login = names.login(tenant);
        if (Sql.first(connection, row -> row.getString(1), TENANT, tenant.value())
                .isEmpty()) {
            throw new Refusal("Plugin '" + names.plugin() + "' gets no login for tenant '" + tenant
                    + "': there is none, or it is being deleted.");
        }
        Sql.update(connection, RECORD, login, names.plugin().value(), tenant.value());
        String whose = Sql.text(connection, WHOSE, login);
        if (!whose.equals(tenant.value())) {
            throw new Refusal("Role " + login + " is the login of tenant '" + whose + "', and can't be that of '"
                    + tenant + "' too. Delete one of them and make it again: it then gets another id.");
        }
    }

    private static void createMissing(Connection connection, PluginNames names, String login) throws SQLException {
        if (!isThere(connection, login)) {
            PluginRoles.createRole(connection, login, "LOGIN");
            LOG.info("plugin={} role {} made, for processes of one tenant", names.plugin(), login);
        }
    }

    private static boolean isThere(Connection connection, String role) throws SQLException {
        return Sql.first(connection, row -> row.getString(1), THERE, role).isPresent();
    }

    private static RoleCheck check(PluginNames names, String login) {
        return new RoleCheck(
                List.of(names.logins(), login),
                List.of(names.logins()),
                List.of(login + " in " + names.logins()),
                List.of());
    }

    /** What older scripts left is judged too: with it no tenant is safe from another one's processes. */
    private static void refuseUndone(Connection connection, PluginNames names) throws SQLException {
        Optional<String> undone = Sql.first(connection, row -> row.getString(1), UNDONE, names.owner());
        if (undone.isPresent()) {
            throw new Refusal(
                    "Plugin '" + names.plugin() + "' gets no login for one tenant: its tables are as no migration"
                            + " may leave them, for one " + undone.get() + ". Mend that in a migration.");
        }
    }

    private String setUp(PluginNames names, String login, String database, String password) throws SQLException {
        return SET_UP.replace("{database}", PluginRoles.quoted(database))
                .replace("{logins}", names.logins())
                .replace("{login}", login)
                .replace("{schema}", names.schema())
                .replace("{connections}", String.valueOf(connections))
                .replace("{password}", PluginRoles.verifier(password));
    }

    /** Gives all logins of the plugin what its app role may do by now, where there are any; in a transaction. */
    static void settle(Connection connection, PluginNames names) throws SQLException {
        Sql.list(
                connection,
                row -> row.getString(1),
                RIGHTS,
                names.schema(),
                names.owner(),
                names.app(),
                names.logins());
    }

    /** Takes all logins of a tenant away, in a transaction that holds it. */
    static void removeOf(Connection connection, TenantId tenant) throws SQLException {
        for (String role : Sql.list(connection, row -> row.getString(1), OF_TENANT, tenant.value())) {
            if (isThere(connection, role)) {
                drop(connection, role);
            }
            Sql.update(connection, FORGET, role);
        }
    }

    /** Takes one away. A role that left something in another database of the server stays, and nobody can log in as it. */
    static void drop(Connection connection, String role) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            Sql.execute(connection, PluginPurge.DROP_OWNED.replace("{role}", role) + "; DROP ROLE " + role);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!STILL_NEEDED.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            Sql.execute(connection, "ALTER ROLE " + role + " NOLOGIN PASSWORD NULL");
            LOG.warn("role {} stays without login, for something depends on it: {}", role, e.getMessage());
        }
    }
}
