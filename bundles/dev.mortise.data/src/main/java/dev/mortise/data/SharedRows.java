// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Stale;
import dev.mortise.kernel.port.SharedDataStore.Write;
import dev.mortise.kernel.shared.SharedRefusals;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes rows of shared data, one statement each; only one that changed nothing is asked about with a second one. */
final class SharedRows {
    private static final String NO_SUCH_TENANT = "23503";
    private static final String NO_NUMBER = "22P02";
    private static final String OUT_OF_RANGE = "22003";

    /** As many bytes as a number has at most. */
    static final int NUMBER_BYTES = 20;

    private SharedRows() {}

    /** One write, which may be tried within a transaction or without. */
    @FunctionalInterface
    interface Writing {
        Outcome on(Connection connection) throws SQLException;
    }

    private record Holder(String owner, long version) {}

    static Writing set(Place key, Write write, int bytes) {
        return connection ->
                changed(key, write.owner(), connection, inserted(SharedSql.SET, connection, key, write, bytes));
    }

    static Writing compareAndSet(Place key, long expected, Write write, int bytes) {
        return connection -> {
            Optional<Done> done = expected == 0
                    ? inserted(SharedSql.CREATE, connection, key, write, bytes)
                    : replaced(connection, key, expected, write, bytes);
            if (done.isPresent()) {
                return done.get();
            }
            Optional<Holder> now = holder(connection, key);
            return now.isPresent() && !now.get().owner.equals(write.owner())
                    ? SharedRefusals.foreign(key, now.get().owner, write.owner())
                    : new Stale(now.map(Holder::version).orElse(0L));
        };
    }

    static Writing increment(Place key, String owner, long by, Optional<Duration> ttl) {
        Write write = new Write(owner, Long.toString(by), ttl);
        return connection -> {
            try {
                return changed(
                        key, owner, connection, inserted(SharedSql.INCREMENT, connection, key, write, NUMBER_BYTES));
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (state.equals(NO_NUMBER) || state.equals(OUT_OF_RANGE)) {
                    return SharedRefusals.noNumber(key);
                }
                throw e;
            }
        };
    }

    static Writing delete(Place key, Optional<String> owner) {
        return connection -> {
            Optional<Outcome> done = Sql.first(
                    connection,
                    row -> new Done(row.getLong(1), ""),
                    SharedSql.DELETE,
                    tenant(key),
                    namespace(key),
                    key.name(),
                    owner.orElse(null),
                    owner.orElse(null));
            if (done.isPresent() || owner.isEmpty()) {
                return done.orElseGet(() -> new Stale(0));
            }
            return holder(connection, key)
                    .filter(now -> !now.owner.equals(owner.get()))
                    .<Outcome>map(now -> SharedRefusals.foreign(key, now.owner, owner.get()))
                    .orElseGet(() -> new Stale(0));
        };
    }

    private static Optional<Done> inserted(String sql, Connection connection, Place key, Write write, int bytes)
            throws SQLException {
        boolean told = sql.equals(SharedSql.INCREMENT);
        return Sql.first(
                connection,
                row -> new Done(row.getLong(1), told ? row.getString(2) : write.json()),
                sql,
                tenant(key),
                namespace(key),
                key.name(),
                write.owner(),
                write.json(),
                bytes,
                micros(write.ttl()));
    }

    private static Optional<Done> replaced(Connection connection, Place key, long expected, Write write, int bytes)
            throws SQLException {
        return Sql.first(
                connection,
                row -> new Done(row.getLong(1), write.json()),
                SharedSql.REPLACE,
                write.json(),
                bytes,
                micros(write.ttl()),
                tenant(key),
                namespace(key),
                key.name(),
                write.owner(),
                expected);
    }

    /** Of a write that changed nothing, the owner is another one, or was until just now. */
    private static Outcome changed(Place key, String owner, Connection connection, Optional<Done> done)
            throws SQLException {
        if (done.isPresent()) {
            return done.get();
        }
        String other = holder(connection, key).map(Holder::owner).orElse("");
        return other.isEmpty() || other.equals(owner)
                ? new Refused(
                        ErrorCode.CONFLICT,
                        "Another plugin held the key and let it go at this very moment. Write it again.")
                : SharedRefusals.foreign(key, other, owner);
    }

    private static Optional<Holder> holder(Connection connection, Place key) throws SQLException {
        return Sql.first(
                connection,
                row -> new Holder(row.getString(1), row.getLong(2)),
                SharedSql.LOOK,
                tenant(key),
                namespace(key),
                key.name());
    }

    /** Tells whether the fault is that the tenant is not there any more. */
    static boolean noTenant(SQLException fault) {
        return NO_SUCH_TENANT.equals(fault.getSQLState());
    }

    static int length(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String tenant(Place key) {
        return key.space().tenant().value();
    }

    private static String namespace(Place key) {
        return key.space().namespace();
    }

    /** Rounded up: a time to live of less than a microsecond is none. */
    private static @Nullable Long micros(Optional<Duration> ttl) {
        return ttl.map(time -> Math.max(1, time.toNanos() / 1_000)).orElse(null);
    }
}
