// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * Opens connections as the owner of a plugin's schema. The role may log in only for the moment of connecting, with a
 * password that nobody else knows; one container at a time holds that moment.
 */
final class OwnerLogin {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('mortise login of ' || ?, 0))";

    private final DataSource core;
    private final Connector connector;
    // guards the core's pool: each login needs two of its connections, and must never wait for the second for ever
    private final Semaphore logins = new Semaphore(2, true);

    OwnerLogin(DataSource core, Connector connector) {
        this.core = core;
        this.connector = connector;
    }

    /** Opens a connection; afterwards the role can't log in again. The caller closes it, and calls {@link #end}. */
    Connection open(PluginNames names) throws SQLException, InterruptedException {
        List<Connection> opened = new ArrayList<>(1);
        try {
            return alone(names, worker -> login(worker, names, opened));
        } catch (SQLException | InterruptedException | RuntimeException e) {
            // where the role, or what it took to open it, can't be closed: nobody gets the connection then
            for (Connection owner : opened) {
                owner.close();
            }
            throw e;
        }
    }

    /** Takes back whatever the role's session may have left on the role itself. */
    void end(PluginNames names) throws SQLException, InterruptedException {
        alone(names, worker -> {
            String role = "ALTER ROLE " + names.owner();
            Sql.execute(worker, role + " RESET ALL");
            Sql.execute(worker, role + " IN DATABASE " + PluginRoles.quoted(worker.getCatalog()) + " RESET ALL");
            close(worker, names);
            return true;
        });
    }

    /** Does something to the role while no other container does. */
    private <T> T alone(PluginNames names, PooledDatabase.Work<T> work) throws SQLException, InterruptedException {
        logins.acquire();
        try (Connection holder = core.getConnection();
                Connection worker = core.getConnection()) {
            holder.setAutoCommit(false);
            try {
                Sql.text(holder, LOCK, names.owner());
                return work.on(worker);
            } finally {
                holder.rollback();
            }
        } finally {
            logins.release();
        }
    }

    private Connection login(Connection worker, PluginNames names, List<Connection> opened) throws SQLException {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        String password = HexFormat.of().formatHex(bytes);
        Sql.execute(worker, "ALTER ROLE " + names.owner() + " LOGIN PASSWORD '" + PluginRoles.verifier(password) + "'");
        try {
            Connection owner =
                    connector.owner(names.owner(), password, names.schema()).getConnection();
            opened.add(owner);
            return owner;
        } finally {
            close(worker, names);
        }
    }

    private static void close(Connection worker, PluginNames names) throws SQLException {
        Sql.execute(worker, "ALTER ROLE " + names.owner() + " NOLOGIN PASSWORD NULL");
    }
}
