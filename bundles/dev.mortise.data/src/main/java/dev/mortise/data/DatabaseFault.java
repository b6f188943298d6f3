// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.PassingFault;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns what JDBC throws into refusals with a stable code. The states are PostgreSQL's, appendix A of its manual. */
final class DatabaseFault {
    private static final String CONNECTION_EXCEPTION = "08";
    private static final String INSUFFICIENT_RESOURCES = "53";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String OPERATOR_INTERVENTION = "57P";
    private static final String INVALID_AUTHORIZATION = "28";
    private static final String UNKNOWN_DATABASE = "3D000";
    private static final String READ_ONLY = "25006";
    // lock_not_available, deadlock_detected, serialization_failure
    private static final Set<String> BUSY = Set.of("55P03", "40P01", "40001");

    /** Where the server finds it; the state says no more than that something is not supported. */
    private static final String OUTDATED = "RevalidateCachedQuery";

    private DatabaseFault() {}

    /** Answers the refusal; the sentence says what was to be done when it happened. */
    static MortiseException of(String doing, SQLException cause) {
        // a closed pool says no state; every fault of a statement has one
        Optional<String> passing = cause.getSQLState() == null ? Optional.of("can't be reached") : passing(cause);
        return passing.map(state -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "The database " + state + " while " + doing + ". Try again; 'health' says how it stands.",
                        cause))
                .orElseGet(() -> new MortiseException(
                        ErrorCode.INTERNAL, "The database failed while " + doing + ": " + sentence(cause), cause));
    }

    /** The server's sentence alone: what it adds (DETAIL, Where, Hint) quotes rows and values. */
    private static String sentence(SQLException cause) {
        ServerErrorMessage server = cause instanceof PSQLException known ? known.getServerErrorMessage() : null;
        return server == null ? String.valueOf(cause.getMessage()) : String.valueOf(server.getMessage());
    }

    /** Marks a fault that a plugin gets, when the plugin is not to blame and may try again. */
    static <T extends Throwable> T marked(T fault) {
        if (fault instanceof SQLException sql) {
            passing(sql).ifPresent(state -> PassingFault.mark(fault, "The database " + state + ". Try again."));
        }
        return fault;
    }

    /** Tells whether waiting won't help: user or password are wrong, or there is no such database. */
    static boolean needsAPerson(SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        return state.startsWith(INVALID_AUTHORIZATION) || state.equals(UNKNOWN_DATABASE);
    }

    /** Tells whether the connection, not the statement, is at fault: no answer, shut down, too many connections. */
    static boolean unreachable(SQLException cause) {
        String state = cause.getSQLState();
        return state == null
                || cause instanceof SQLTransientException
                || state.startsWith(CONNECTION_EXCEPTION)
                || state.startsWith(OPERATOR_INTERVENTION)
                || state.equals(TOO_MANY_CONNECTIONS);
    }

    /** Tells whether what the server had prepared does not fit its tables any more: it did nothing, and can be asked again. */
    static boolean outdated(SQLException cause) {
        ServerErrorMessage server = cause instanceof PSQLException known ? known.getServerErrorMessage() : null;
        return server != null && OUTDATED.equals(server.getRoutine());
    }

    /** Answers how the database is, when that is why a statement failed. */
    private static Optional<String> passing(SQLException cause) {
        String state = cause.getSQLState();
        if (cause instanceof SQLTransientException || (state != null && unreachable(cause))) {
            return Optional.of("can't be reached");
        }
        if (state == null) {
            return Optional.empty();
        }
        if (BUSY.contains(state)) {
            return Optional.of("is busy: others held what was needed for too long");
        }
        if (state.startsWith(INSUFFICIENT_RESOURCES)) {
            return Optional.of("has no room left (" + sentence(cause) + ")");
        }
        return state.equals(READ_ONLY) ? Optional.of("takes no writes now") : Optional.empty();
    }
}
