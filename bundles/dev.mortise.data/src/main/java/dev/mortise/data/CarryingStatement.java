// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * A statement of a borrower whose tenant is still to be bound. It is prepared twice: alone, and carrying the binding before
 * it. Values are said to both. An execution that finds the tenant not bound is done by the second, which saves a round
 * trip; whatever else is asked for has a binding of its own first and is done by the first.
 */
final class CarryingStatement {
    private static final Set<String> EXECUTIONS =
            Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate");
    /** Answered by the one that was executed last. */
    private static final Set<String> RESULTS = Set.of(
            "getResultSet",
            "getUpdateCount",
            "getLargeUpdateCount",
            "getMoreResults",
            "getGeneratedKeys",
            "getWarnings",
            "clearWarnings",
            "isClosed");

    private static final Set<String> BOTH = Set.of("clearParameters", "cancel", "close");

    private final Session session;
    private final PreparedStatement alone;
    private final PreparedStatement carrying;
    private volatile PreparedStatement executed;

    /** Prepares what {@link SessionStatements#mayCarry} the binding; the server hears nothing of it yet. */
    CarryingStatement(Session session, Connection connection, String sql) throws SQLException {
        this.session = session;
        this.alone = connection.prepareStatement(sql);
        this.carrying = connection.prepareStatement(Session.carrying(sql));
        this.executed = alone;
    }

    /** Does what the method of a prepared statement does. */
    @Nullable
    Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (executed.isClosed() || RESULTS.contains(name)) {
            return Wrapping.call(executed, method, arguments);
        }
        if (BOTH.contains(name)) {
            Wrapping.call(carrying, method, arguments);
        } else if (!session.bound()) {
            if (arguments == null && EXECUTIONS.contains(name)) {
                return executeCarrying(method);
            }
            if (arguments != null && isValue(name, arguments)) {
                Wrapping.call(alone, method, arguments);
                return Wrapping.call(carrying, method, oneFurtherOn(arguments));
            }
            session.bind();
        }
        if (name.equals("closeOnCompletion")) {
            executed.closeOnCompletion();
        }
        return onAlone(method, arguments);
    }

    private @Nullable Object executeCarrying(Method method) throws Throwable {
        executed = carrying;
        try {
            session.bindBy(carrying);
        } catch (SQLException e) {
            if (!DatabaseFault.outdated(e)) {
                throw e;
            }
            session.bindAnew();
            return onAlone(method, null);
        }
        return answer(method.getName(), carrying.getMoreResults());
    }

    private @Nullable Object onAlone(Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().startsWith("execute") && executed != alone) {
            // an execution ends the results of the one before, and with them what is to be closed on completion
            ResultSet rows = executed.getResultSet();
            if (rows != null) {
                rows.close();
            }
            if (executed.isClosed()) {
                return Wrapping.call(executed, method, arguments);
            }
            executed = alone;
        }
        return Wrapping.call(alone, method, arguments);
    }

    /** Answers as the driver does, in its words. */
    private @Nullable Object answer(String execution, boolean rows) throws SQLException {
        if (rows && execution.endsWith("Update")) {
            skip(carrying.getResultSet());
            throw new PSQLException(GT.tr("A result was returned when none was expected."), PSQLState.TOO_MANY_RESULTS);
        }
        return switch (execution) {
            case "execute" -> rows;
            case "executeUpdate" -> carrying.getUpdateCount();
            case "executeLargeUpdate" -> carrying.getLargeUpdateCount();
            default -> {
                if (!rows) {
                    throw new PSQLException(GT.tr("No results were returned by the query."), PSQLState.NO_DATA);
                }
                yield carrying.getResultSet();
            }
        };
    }

    /** The driver reads no rows where none are expected. */
    private static void skip(ResultSet rows) throws SQLException {
        boolean more = true;
        while (more) {
            more = rows.next();
        }
    }

    /** Tells whether only the driver's own memory is touched: about arrays, large objects and types it asks the server. */
    private static boolean isValue(String method, @Nullable Object[] arguments) {
        boolean typed = arguments.length == 3 && !(arguments[2] instanceof String);
        return method.startsWith("set")
                && arguments[0] instanceof Integer
                && (arguments.length == 2 || typed)
                && isPlain(arguments[1]);
    }

    private static boolean isPlain(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Temporal
                || value instanceof Date
                || value instanceof UUID
                || value instanceof byte[];
    }

    private static Object[] oneFurtherOn(Object[] arguments) {
        Object[] moved = arguments.clone();
        moved[0] = (Integer) arguments[0] + 1;
        return moved;
    }
}
