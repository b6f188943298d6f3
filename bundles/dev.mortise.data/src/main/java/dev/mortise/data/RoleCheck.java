// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What roles of a plugin may have; all else is a deviation, which refuses them: attributes are given when a role is made, and a
 * user with CREATEROLE may not take them away later.
 *
 * @param roles those that are looked at
 * @param silent those of them that nobody may log in as
 * @param memberships as {@code <role> in <group>}
 * @param makers who may create in which schema, as {@code <role> in <schema>}
 */
record RoleCheck(List<String> roles, List<String> silent, List<String> memberships, List<String> makers) {
    private static final String DEVIATIONS = """
            SELECT r.rolname, a.name FROM pg_roles r,
                   LATERAL (VALUES ('SUPERUSER', r.rolsuper), ('BYPASSRLS', r.rolbypassrls),
                                   ('CREATEDB', r.rolcreatedb), ('CREATEROLE', r.rolcreaterole),
                                   ('REPLICATION', r.rolreplication),
                                   ('LOGIN', r.rolcanlogin AND r.rolname = ANY (?))) a (name, set)
             WHERE r.rolname = ANY (?) AND a.set
            UNION ALL
            SELECT r.rolname, 'membership in ' || m.roleid::regrole FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
             WHERE r.rolname = ANY (?) AND (m.admin_option OR concat(r.rolname, ' in ', m.roleid::regrole) <> ALL (?))
            UNION ALL
            SELECT r.rolname, 'CREATE on schema ' || n.nspname FROM pg_roles r, pg_namespace n
             WHERE r.rolname = ANY (?) AND has_schema_privilege(r.oid, n.oid, 'CREATE')
               AND concat(r.rolname, ' in ', n.nspname) <> ALL (?)
            UNION ALL
            SELECT r.rolname, p.name || ' on this database' FROM pg_roles r, (VALUES ('CREATE'), ('TEMPORARY')) p (name)
             WHERE r.rolname = ANY (?) AND has_database_privilege(r.oid, current_database(), p.name)
            """;

    private record Deviation(String role, String what) {
        static Deviation read(ResultSet row) throws SQLException {
            return new Deviation(row.getString(1), row.getString(2));
        }
    }

    /**
     * Verifies what the roles may.
     *
     * @throws Refusal naming every attribute and right that they must not have
     */
    void verify(Connection connection, PluginNames names) throws SQLException {
        Array all = texts(connection, roles);
        List<Deviation> found = Sql.list(
                connection,
                Deviation::read,
                DEVIATIONS,
                texts(connection, silent),
                all,
                all,
                texts(connection, memberships),
                all,
                texts(connection, makers),
                all);
        if (!found.isEmpty()) {
            throw new Refusal("The database gives roles of plugin '" + names.plugin() + "' what they must not have: "
                    + found.stream().map(d -> d.role + " has " + d.what).collect(Collectors.joining(", "))
                    + ". Take it away as a superuser, then start the plugin again.");
        }
    }

    private static Array texts(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
