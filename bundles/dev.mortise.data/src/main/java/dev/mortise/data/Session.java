// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.data.Loans.Loan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * One physical connection of a plugin, and the tenant that it is bound to. Used by one borrower at a time: it is lent with
 * the tenant still to be bound, by a round trip of its own or by the first statement, which carries the binding.
 */
final class Session {
    private static final String BIND = "SELECT pg_catalog.set_config('mortise.tenant', ?, false)";

    private final Connection connection;
    /** What the server has; null when that is not known. */
    private volatile @Nullable String tenant = "";

    private volatile String wanted = "";
    private volatile @Nullable Loan loan;
    private volatile Runnable atEnd = () -> {};
    private boolean used;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Gives a pooled connection its session back. */
    interface Holder {
        Session session();
    }

    /** Answers the text that binds the tenant, its first parameter, before it does what the statement says. */
    static String carrying(String sql) {
        // nothing between the two: the server counts the places of errors from where a statement begins
        return BIND + ";" + sql;
    }

    /**
     * Takes the session for a borrower: the tenant, empty for none, is to be bound before any statement of the borrower's.
     * Must be called outside of any transaction. Where functions of the plugin may have run since the last reset, what they
     * left is forgotten first.
     */
    void beFor(String tenant, OwnFunctions functions) throws SQLException {
        if (used && functions.known()) {
            reset();
        }
        used = true;
        wanted = tenant;
    }

    /** Notes who has the connection. */
    void lent(Loan to) {
        loan = to;
    }

    /** Nobody has the connection; said before the next can get it. */
    void returned() {
        loan = null;
    }

    /** Answers who has the connection. */
    Optional<Loan> loan() {
        return Optional.ofNullable(loan);
    }

    /** Has a task run when the connection is no more. */
    void atEnd(Runnable task) {
        atEnd = task;
    }

    /** The connection is no more. */
    void ended() {
        atEnd.run();
    }

    /** Tells whether the server is known to have the borrower's tenant. */
    boolean bound() {
        return wanted.equals(tenant);
    }

    /** Tells whether the borrower's tenant is one, and another one. */
    boolean isForOtherThan(String other) {
        return !wanted.isEmpty() && !wanted.equals(other);
    }

    /** Binds the tenant, unless it is bound. Must be called outside of any transaction, whose end could undo it. */
    void bind() throws SQLException {
        if (bound()) {
            return;
        }
        try {
            Sql.text(connection, BIND, wanted);
            tenant = wanted;
        } catch (SQLException e) {
            throw DatabaseFault.marked(e);
        }
    }

    /**
     * Executes a statement made from {@link #carrying}. Both parts are one transaction for the server, or are not: when one
     * fails, nobody knows what the session is bound to.
     */
    void bindBy(PreparedStatement carrying) throws SQLException {
        tenant = null;
        try {
            carrying.setString(1, wanted);
            carrying.execute();
            tenant = wanted;
        } catch (SQLException e) {
            throw DatabaseFault.marked(e);
        }
    }

    /** Binds the tenant after the server has forgotten all that it had prepared. */
    void bindAnew() throws SQLException {
        reset();
        used = true;
        bind();
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

    /** Forgets all that statements may have left: settings, locks, cursors. Must be called outside of any transaction. */
    void reset() throws SQLException {
        execute("DISCARD ALL");
        tenant = "";
        used = false;
    }

    /** Answers a question to the catalog: names must have their schemas, for the search path is whatever was left. */
    boolean holds(String question, String value) throws SQLException {
        return Sql.text(connection, question, value).equals("t");
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
