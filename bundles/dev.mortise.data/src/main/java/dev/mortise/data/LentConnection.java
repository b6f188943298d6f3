// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection in a plugin's hands: all of JDBC, but no way to what is behind it, so that it is over when it is closed.
 * At its return transactions are rolled back, and the session is reset where a statement, or a function
 * of the plugin that it called, may have changed it.
 */
final class LentConnection {
    private static final Logger LOG = LoggerFactory.getLogger(LentConnection.class);
    private static final Set<String> CHANGING_THE_SESSION =
            Set.of("setSchema", "setCatalog", "setClientInfo", "setTypeMap", "setHoldability");

    private final String name;
    private final Connection connection;
    private final Session session;
    private final HikariDataSource pool;
    private final SessionStatements statements;
    private final OwnFunctions functions;
    private final Runnable returned;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Connection proxy;
    private volatile boolean changed;

    /** The task is run once, when the connection is back. */
    LentConnection(
            String name,
            Connection connection,
            Session session,
            HikariDataSource pool,
            SessionStatements statements,
            OwnFunctions functions,
            Runnable returned) {
        this.name = name;
        this.connection = connection;
        this.session = session;
        this.pool = pool;
        this.statements = statements;
        this.functions = functions;
        this.returned = returned;
        this.proxy = (Connection) Proxy.newProxyInstance(
                LentConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, this::ofConnection);
    }

    /** Answers what the plugin gets. */
    Connection connection() {
        return proxy;
    }

    private @Nullable Object ofConnection(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "close" -> giveBack(false);
            case "abort" -> giveBack(true);
            case "isClosed" -> {
                return closed.get() || connection.isClosed();
            }
            case "isValid" -> {
                return !closed.get() && connection.isValid(arguments == null ? 0 : (Integer) arguments[0]);
            }
            default -> {
                return ofAny(connection, self, method, arguments);
            }
        }
        return null;
    }

    private @Nullable Object ofAny(Object behind, Object self, Method method, Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> name;
            case "unwrap" -> Wrapping.unwrap(name, self, arguments);
            case "isWrapperFor" -> Wrapping.fits(self, arguments);
            default -> {
                refuseWhenClosed(method);
                watch(method, arguments);
                yield wrapped(Wrapping.call(behind, method, arguments));
            }
        };
    }

    private void refuseWhenClosed(Method method) throws SQLException {
        if (closed.get() && !method.getName().equals("close")) {
            throw new SQLException(name + " is closed; take a new one from the DataSource.", "08003");
        }
    }

    private void watch(Method method, Object @Nullable [] arguments) {
        boolean statement = arguments != null
                && arguments.length > 0
                && arguments[0] instanceof String sql
                && takesSql(method.getName())
                && statements.leaveSomething(sql);
        if (statement || CHANGING_THE_SESSION.contains(method.getName())) {
            changed = true;
        }
    }

    private static boolean takesSql(String method) {
        return method.startsWith("prepare") || method.startsWith("execute") || method.equals("addBatch");
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        if (result instanceof Connection) {
            return proxy;
        }
        return result == null ? null : wrap(result);
    }

    private Object wrap(Object behind) {
        Class<?>[] type = JdbcTypes.of(behind);
        return type.length == 0
                ? behind
                : Proxy.newProxyInstance(
                        LentConnection.class.getClassLoader(),
                        type,
                        (self, method, arguments) -> ofAny(behind, self, method, arguments));
    }

    private void giveBack(boolean abandon) throws SQLException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (abandon) {
                pool.evictConnection(connection);
            } else {
                clean();
            }
        } finally {
            returned.run();
            connection.close();
        }
    }

    private void clean() {
        try {
            session.endTransaction();
            if (changed || functions.known(session)) {
                session.reset();
            }
        } catch (SQLException e) {
            LOG.debug("{} could not be cleaned and is given up", name, e);
            pool.evictConnection(connection);
        }
    }
}
