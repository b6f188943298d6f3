// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.PassingFault;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The connections that all plugins' pools may have together. When they are used up, idle ones of one pool are closed. */
final class ConnectionBudget {
    /** Connections are closed in the background; a good server takes far less. */
    private static final Duration CLOSING = Duration.ofMillis(100);

    private final int limit;
    private final Duration patience;
    private final Semaphore free;
    private final Set<BooleanSupplier> evictions = ConcurrentHashMap.newKeySet();

    ConnectionBudget(int limit, Duration patience) {
        this.limit = limit;
        this.patience = patience;
        this.free = new Semaphore(limit, true);
    }

    /** Takes part in giving connections back: the task closes the idle connections of one pool, if there are any. */
    void join(BooleanSupplier eviction) {
        evictions.add(eviction);
    }

    /** Takes part no longer. */
    void leave(BooleanSupplier eviction) {
        evictions.remove(eviction);
    }

    /** Answers how many connections are open. */
    int open() {
        return limit - free.availablePermits();
    }

    /** Counts what the source opens, until it is closed; each connection is a {@link Session.Holder} too. */
    DataSource counted(DataSource source) {
        return Sources.of("The counted source", () -> {
            acquire();
            try {
                return new Held(source.getConnection()).proxy();
            } catch (SQLException | RuntimeException e) {
                free.release();
                throw e;
            }
        });
    }

    private void acquire() throws SQLException {
        try {
            if (free.tryAcquire() || freedByAnother()) {
                return;
            }
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                String sentence = "All " + limit + " database connections of plugins are in use."
                        + " Close connections soon after use, or raise 'connections' in etc/data.properties.";
                throw PassingFault.mark(new SQLTransientConnectionException(sentence), sentence);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted while waiting for a database connection.", e);
        }
    }

    /** One pool after the other, because closing idle connections also ends those that are in use, once they are free. */
    private boolean freedByAnother() throws InterruptedException {
        for (BooleanSupplier eviction : evictions) {
            if (eviction.getAsBoolean() && free.tryAcquire(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** One physical connection: what closes it gives its place back, once. */
    private final class Held {
        private final Connection connection;
        private final Session session;
        private final AtomicBoolean returned = new AtomicBoolean();

        Held(Connection connection) {
            this.connection = connection;
            this.session = new Session(connection);
        }

        Connection proxy() {
            return (Connection) Proxy.newProxyInstance(
                    ConnectionBudget.class.getClassLoader(),
                    new Class<?>[] {Connection.class, Session.Holder.class},
                    this::answer);
        }

        private @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            return switch (method.getName()) {
                case "session" -> session;
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "close", "abort" -> last(method, arguments);
                default -> Wrapping.call(connection, method, arguments);
            };
        }

        private @Nullable Object last(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return Wrapping.call(connection, method, arguments);
            } finally {
                if (returned.compareAndSet(false, true)) {
                    session.ended();
                    free.release();
                }
            }
        }
    }
}
