// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** One physical connection of a plugin, and the tenant that it was last set to. Used by one borrower at a time. */
final class Session {
    private static final String SET_TENANT = "SELECT set_config('mortise.tenant', ?, false)";

    private final Connection connection;
    private String tenant = "";
    private boolean used;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Gives a pooled connection its session back. */
    interface Holder {
        Session session();
    }

    /**
     * Sets the tenant, unless it is set; empty for none. Must be called outside of any transaction. Where functions of the
     * plugin may have run since the last reset, what they left is forgotten first.
     */
    void beFor(String wanted, OwnFunctions functions) throws SQLException {
        if (used && functions.known()) {
            reset();
        }
        used = true;
        if (!tenant.equals(wanted)) {
            Sql.text(connection, SET_TENANT, wanted);
            tenant = wanted;
        }
    }

    /** Ends a transaction that the borrower left open, also one that was begun by a statement. */
    void endTransaction() throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE) {
            return;
        }
        if (connection.getAutoCommit()) {
            execute("ROLLBACK");
        } else {
            connection.rollback();
        }
    }

    /** Forgets all that statements may have left: settings, locks, cursors. */
    void reset() throws SQLException {
        outsideOfTransactions();
        execute("DISCARD ALL");
        tenant = "";
        used = false;
    }

    /** Answers a question to the catalog: names must have their schemas, for the search path is whatever was left. */
    boolean holds(String question, String value) throws SQLException {
        outsideOfTransactions();
        return Sql.text(connection, question, value).equals("t");
    }

    private void outsideOfTransactions() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
