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
