// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.call.BoundContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection in a plugin's hands: all of JDBC, but no way to what is behind it, so that it is over when it is closed.
 * At its return transactions are rolled back, and the session is reset where a statement, or a function
 * of the plugin that it called, may have changed it. One that is closed while another thread is in a call goes to nobody else.
 */
final class LentConnection implements InvocationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LentConnection.class);
    private static final Set<String> CHANGING_THE_SESSION =
            Set.of("setSchema", "setCatalog", "setClientInfo", "setTypeMap", "setHoldability");
    /** What is answered without the server, and asked for before most statements. */
    private static final Set<String> ANSWERED_HERE =
            Set.of("getAutoCommit", "isReadOnly", "getWarnings", "clearWarnings");

    private final String name;
    private final Connection connection;
    private final Session session;
    private final HikariDataSource pool;
    private final SessionStatements statements;
    private final OwnFunctions functions;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Calls that are under way, counted before each looks whether this is closed. */
    private final AtomicInteger calls = new AtomicInteger();

    private final Connection proxy;
    private volatile boolean changed;

    LentConnection(
            String name,
            Connection connection,
            Session session,
            HikariDataSource pool,
            SessionStatements statements,
            OwnFunctions functions) {
        this.name = name;
        this.connection = connection;
        this.session = session;
        this.pool = pool;
        this.statements = statements;
        this.functions = functions;
        this.proxy = JdbcTypes.CONNECTION.proxy(this);
    }

    /** What leads to the connection, as the plugin gets it; the parent is what gave it. */
    private final class Shown implements InvocationHandler {
        private final Object behind;
        private final Object parent;

        Shown(Object behind, Object parent) {
            this.behind = behind;
            this.parent = parent;
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            return ofAny(behind, parent, self, method, arguments);
        }
    }

    /** Answers what the plugin gets. */
    Connection connection() {
        return proxy;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
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
                return ofAny(this, self, self, method, arguments);
            }
        }
        return null;
    }

    /** Whatever reaches the server finds the tenant bound, or binds it. */
    private @Nullable Object onConnection(Method method, Object @Nullable [] arguments) throws Throwable {
        if (CHANGING_THE_SESSION.contains(method.getName())) {
            changed = true;
        }
        if (!session.bound() && !ANSWERED_HERE.contains(method.getName())) {
            if (method.getName().equals("prepareStatement")
                    && arguments != null
                    && arguments.length == 1
                    && arguments[0] instanceof String sql
                    && statements.mayCarry(sql)) {
                return new CarryingStatement(session, connection, sql);
            }
            session.bind();
        }
        return Wrapping.call(connection, method, arguments);
    }

    /** The parent is the proxy that gave this one. */
    private @Nullable Object ofAny(
            Object behind, Object parent, Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            // the driver takes an array that is not its own by its text
            case "toString" -> self instanceof Array ? on(behind, method, arguments) : name;
            case "unwrap" -> Wrapping.unwrap(name, self, arguments);
            case "isWrapperFor" -> Wrapping.fits(self, arguments);
            // a question that may be asked of what is closed, and of what went with its connection
            case "isClosed" -> closed.get() || Boolean.TRUE.equals(on(behind, method, arguments));
            default -> counted(behind, parent, self, method, arguments);
        };
    }

    private @Nullable Object counted(
            Object behind, Object parent, Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        calls.incrementAndGet();
        try {
            refuseWhenClosed(method);
            refuseAnothersCall(method);
            watch(method, arguments);
            return wrapped(on(behind, method, arguments), parent, self);
        } finally {
            calls.decrementAndGet();
        }
    }

    private void refuseWhenClosed(Method method) throws SQLException {
        if (closed.get() && !method.getName().equals("close")) {
            throw new SQLException(name + " is closed; take a new one from the DataSource.", "08003");
        }
    }

    /** One that a plugin keeps beyond its call, in a field say, would show rows of its tenant to all others. */
    private void refuseAnothersCall(Method method) throws SQLException {
        if (method.getName().startsWith("execute")
                && BoundContext.find()
                        .flatMap(CallContext::tenant)
                        .filter(this::isAnother)
                        .isPresent()) {
            throw new SQLException(
                    name
                            + " was taken in a call of another tenant. Take one from the DataSource in each call, and close"
                            + " it there.",
                    "08003");
        }
    }

    private boolean isAnother(TenantId calls) {
        return session.isForOtherThan(calls.value());
    }

    private void watch(Method method, Object @Nullable [] arguments) {
        if (arguments != null
                && arguments.length > 0
                && arguments[0] instanceof String sql
                && takesSql(method.getName())
                && statements.leaveSomething(sql)) {
            changed = true;
        }
    }

    private static boolean takesSql(String method) {
        return method.startsWith("prepare") || method.startsWith("execute") || method.equals("addBatch");
    }

    private @Nullable Object on(Object behind, Method method, Object @Nullable [] arguments) throws Throwable {
        if (behind == this) {
            return onConnection(method, arguments);
        }
        return behind instanceof CarryingStatement statement
                ? statement.call(method, arguments)
                : Wrapping.call(behind, method, arguments);
    }

    private @Nullable Object wrapped(@Nullable Object result, Object parent, Object self) {
        if (result == null) {
            return null;
        }
        Optional<ProxyType<?>> type = JdbcTypes.of(result);
        if (type.isEmpty()) {
            return result;
        }
        if (result instanceof Connection) {
            return proxy;
        }
        if (result instanceof Statement && parent instanceof Statement) {
            // rows lead back to the statement that gave them, never to one that has a tenant as a parameter
            return parent;
        }
        return type.get().proxy(new Shown(result, self));
    }

    private void giveBack(boolean abandon) throws SQLException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (abandon || calls.get() > 0) {
                // a call of another thread that goes on would meet the next borrower's tenant, or leave its own to him
                pool.evictConnection(connection);
            } else {
                clean();
            }
        } finally {
            session.returned();
            connection.close();
        }
    }

    private void clean() {
        try {
            session.endTransaction();
            if (!connection.getAutoCommit()) {
                // said to the pool, which else rolls back once more where it believes a transaction open
                connection.setAutoCommit(true);
            }
            if (changed || functions.known(session)) {
                session.reset();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("{} could not be cleaned and is given up", name, e);
            pool.evictConnection(connection);
        }
    }
}
