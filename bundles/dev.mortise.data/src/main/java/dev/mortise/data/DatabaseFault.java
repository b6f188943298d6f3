// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.sql.SQLException;
import java.sql.SQLTransientException;

/** Turns what JDBC throws into refusals with a stable code. */
final class DatabaseFault {
    private DatabaseFault() {}

    /** Answers the refusal; the sentence says what was to be done when it happened. */
    static MortiseException of(String doing, SQLException cause) {
        return unreachable(cause)
                ? new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "The database can't be reached while " + doing + ". Try again; 'health' says how it stands.",
                        cause)
                : new MortiseException(
                        ErrorCode.INTERNAL, "The database failed while " + doing + ": " + cause.getMessage(), cause);
    }

    /** Tells whether waiting won't help: user or password are wrong, or there is no such database. */
    static boolean needsAPerson(SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        return state.startsWith("28") || state.equals("3D000");
    }

    /** Tells whether the connection, not the statement, is at fault: no answer, shut down, too many connections. */
    static boolean unreachable(SQLException cause) {
        String state = cause.getSQLState();
        // every fault of a statement has a state; a closed pool has none
        return state == null
                || cause instanceof SQLTransientException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("53300");
    }
}
