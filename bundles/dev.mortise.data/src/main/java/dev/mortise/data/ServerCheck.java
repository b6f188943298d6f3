// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a server before it is used: its version, the rights of the core user, and what stands in between. */
final class ServerCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
    private static final int OLDEST = 15;
    private static final String LARGE_OBJECTS = "SELECT has_function_privilege('public', 'lo_create(oid)', 'EXECUTE')";

    private static final String FACTS = """
            SELECT current_setting('server_version_num')::int, current_setting('server_version'), current_user,
                   current_database(), r.rolsuper, r.rolcreaterole, pg_has_role(current_user, d.datdba, 'USAGE'),
                   pg_backend_pid()
              FROM pg_roles r, pg_database d
             WHERE r.rolname = current_user AND d.datname = current_database()
            """;

    private ServerCheck() {}

    private record Facts(
            int number,
            String version,
            String user,
            String database,
            boolean superuser,
            boolean createRole,
            boolean owner,
            int process) {
        static Facts read(ResultSet row) throws SQLException {
            return new Facts(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getBoolean(6),
                    row.getBoolean(7),
                    row.getInt(8));
        }
    }

    /** Opens another connection of the same kind. */
    @FunctionalInterface
    interface Another {
        Connection open() throws SQLException;
    }

    /** Answers the server's version, or refuses it with what is missing. */
    static String check(Connection connection, Another another) throws SQLException {
        Facts facts = Sql.first(connection, Facts::read, FACTS).orElseThrow();
        if (facts.number / 10_000 < OLDEST) {
            throw new Refusal("The database server is PostgreSQL " + facts.version + "; Mortise needs " + OLDEST
                    + " or newer. Point db.url at such a server.");
        }
        if (!facts.createRole && !facts.superuser) {
            throw new Refusal("The database user '" + facts.user + "' may not make the roles of plugins. Run as a"
                    + " superuser: ALTER ROLE \"" + facts.user + "\" CREATEROLE");
        }
        if (!facts.owner) {
            throw new Refusal("The database user '" + facts.user + "' does not own the database '" + facts.database
                    + "'. Run as a superuser: ALTER DATABASE \"" + facts.database + "\" OWNER TO \"" + facts.user
                    + "\"");
        }
        warnOfLargeObjects(connection);
        refuseTransactionPooler(connection, another, facts.process);
        return facts.version;
    }

    /** Whoever may call these functions may own large objects, outside of any schema and any row policy. */
    private static void warnOfLargeObjects(Connection connection) throws SQLException {
        if (Sql.text(connection, LARGE_OBJECTS).equals("t")) {
            LOG.warn(
                    "Plugins can make large objects in this database, which belong to no tenant. Run in it as a superuser:"
                            + " REVOKE EXECUTE ON FUNCTION lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC");
        }
    }

    /**
     * A pooler invents the process id that the driver is told at connecting. One in transaction mode gives the process of
     * an idle client to the next one that asks, so a setting such as the tenant would end up with somebody else.
     */
    private static void refuseTransactionPooler(Connection connection, Another another, int process)
            throws SQLException {
        if (connection.unwrap(PGConnection.class).getBackendPID() == process) {
            return;
        }
        try (Connection other = another.open()) {
            other.setAutoCommit(false);
            int borrowed = process(other);
            int now = process(connection);
            other.rollback();
            if (borrowed == process || now != process) {
                throw new Refusal("There is a connection pooler in transaction mode between Mortise and the database."
                        + " Point db.url at the server itself, or set the pooler to session mode.");
            }
        }
    }

    private static int process(Connection connection) throws SQLException {
        return Integer.parseInt(Sql.text(connection, "SELECT pg_backend_pid()"));
    }
}
