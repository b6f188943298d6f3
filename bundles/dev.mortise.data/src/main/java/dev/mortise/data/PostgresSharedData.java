// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.data.SharedQuota.Usage;
import dev.mortise.data.SharedRows.Writing;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.shared.SharedChecks;
import dev.mortise.kernel.shared.SharedRefusals;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps shared data in table {@code mortise.shared_data}, through a pool of connections of its own. */
final class PostgresSharedData implements SharedDataStore {
    private final SharedDatabase database;
    private final SharedLimits limits;
    private final StreamLimits streams;
    private final SharedQuota quota;
    private final SharedReaders readers;
    private final SharedWatches watches;

    PostgresSharedData(
            SharedDatabase database,
            SharedLimits limits,
            StreamLimits streams,
            SharedReaders readers,
            SharedWatches watches) {
        this.database = database;
        this.limits = limits;
        this.streams = streams;
        this.quota = new SharedQuota(limits);
        this.readers = readers;
        this.watches = watches;
    }

    @Override
    public Found get(Place key, Optional<String> reader) {
        return database.call("shared data is being read", connection -> Sql.first(
                        connection,
                        row -> found(row, key, reader),
                        SharedSql.GET,
                        key.space().tenant().value(),
                        key.space().namespace(),
                        key.name())
                .orElseGet(Nothing::new));
    }

    @Override
    public Page list(Space space, Optional<String> reader, SharedFilter filter) {
        SharedChecks.check(filter);
        String owner = filter.owner().orElse(null);
        String plugin = reader.orElse(null);
        List<Listed> page = database.call(
                "shared data is being listed",
                connection -> Sql.list(
                        connection,
                        row -> new Listed(entry(row), row.getLong(7)),
                        SharedSql.LIST,
                        space.tenant().value(),
                        space.namespace(),
                        filter.after(),
                        filter.prefix(),
                        filter.prefix(),
                        filter.prefix(),
                        owner,
                        owner,
                        plugin,
                        plugin,
                        plugin,
                        filter.limit() + 1,
                        SharedLimits.PAGE_BYTES));
        List<Stored> entries =
                page.stream().limit(filter.limit()).map(Listed::entry).toList();
        boolean more = !page.isEmpty() && page.get(0).found > entries.size();
        return new Page(
                entries, more ? Optional.of(entries.get(entries.size() - 1).key()) : Optional.empty());
    }

    /** An entry, and how many there are with it. */
    private record Listed(Stored entry, long found) {}

    @Override
    public Outcome set(Place key, Write write) {
        int bytes = SharedRows.length(write.json());
        return SharedChecks.refusal(key, write, bytes, limits.valueBytes())
                .<Outcome>map(refused -> refused)
                .orElseGet(() -> write(key, write.owner(), bytes, SharedRows.set(key, write, bytes)));
    }

    @Override
    public Outcome compareAndSet(Place key, long expectedVersion, Write write) {
        int bytes = SharedRows.length(write.json());
        return SharedChecks.refusal(key, write, bytes, limits.valueBytes())
                .<Outcome>map(refused -> refused)
                .orElseGet(() ->
                        write(key, write.owner(), bytes, SharedRows.compareAndSet(key, expectedVersion, write, bytes)));
    }

    @Override
    public Outcome increment(Place key, String owner, long by, Optional<Duration> ttl) {
        return SharedChecks.refusal(key, 0, limits.valueBytes(), ttl)
                .<Outcome>map(refused -> refused)
                .orElseGet(() -> write(key, owner, SharedRows.NUMBER_BYTES, SharedRows.increment(key, owner, by, ttl)));
    }

    @Override
    public Outcome delete(Place key, Optional<String> owner) {
        Outcome outcome = database.call("shared data is being deleted", SharedRows.delete(key, owner)::on);
        if (outcome instanceof Done) {
            watches.touched(key.space());
        }
        return outcome;
    }

    @Override
    public int clear(Space space, Optional<String> owner) {
        List<Boolean> gone = database.call(
                "shared data is being cleared",
                connection -> Sql.list(
                        connection,
                        row -> row.getBoolean(1),
                        SharedSql.CLEAR,
                        space.tenant().value(),
                        space.namespace(),
                        owner.orElse(null),
                        owner.orElse(null),
                        space.tenant().value(),
                        space.namespace()));
        watches.touched(space);
        return (int) gone.stream().filter(live -> live).count();
    }

    @Override
    public Watch watch(
            Space space,
            Optional<String> key,
            Optional<String> reader,
            Optional<SharedMark> since,
            Consumer<Change> listener) {
        return watches.watch(space, key, reader, since, listener);
    }

    @Override
    public StreamLimits streams() {
        return streams;
    }

    private Outcome write(Place key, String owner, int bytes, Writing writing) {
        readers.ensure(owner);
        Outcome outcome = quota.roomy(key.space().tenant(), owner, bytes)
                ? database.call("shared data is being written", connection -> tenanted(key, connection, writing))
                : counted(key, owner, writing);
        if (outcome instanceof Done done) {
            if (done.version() == 1) {
                quota.added(key.space().tenant(), owner);
            }
            watches.touched(key.space());
        }
        return outcome;
    }

    /** Writes and counts, while nobody else who does the same adds anything; what is too much is taken back. */
    private Outcome counted(Place key, String owner, Writing writing) {
        return database.call("shared data is being written and counted", connection -> {
            connection.setAutoCommit(false);
            String tenant = key.space().tenant().value();
            Sql.text(connection, SharedSql.HOLD_USAGE, tenant, owner);
            Usage before = Usage.of(connection, key.space().tenant(), owner);
            Outcome outcome = tenanted(key, connection, writing);
            if (!(outcome instanceof Done)) {
                connection.rollback();
                return outcome;
            }
            Usage after = Usage.of(connection, key.space().tenant(), owner);
            Optional<Refused> refused = quota.judge(key.space(), owner, before, after);
            if (refused.isPresent()) {
                connection.rollback();
                return refused.get();
            }
            connection.commit();
            quota.counted(key.space().tenant(), owner, after);
            return outcome;
        });
    }

    private static Outcome tenanted(Place key, Connection connection, Writing writing) throws SQLException {
        try {
            return writing.on(connection);
        } catch (SQLException e) {
            if (SharedRows.noTenant(e)) {
                throw new MortiseException(
                        ErrorCode.NOT_FOUND,
                        "There is no tenant '" + key.space().tenant() + "' any more.",
                        e);
            }
            throw e;
        }
    }

    private static Found found(ResultSet row, Place key, Optional<String> reader) throws SQLException {
        Stored entry = entry(row);
        return reader.isEmpty() || mayRead(reader.get(), entry.owner(), row.getArray(7))
                ? entry
                : SharedRefusals.hidden(key, entry.owner(), reader.get());
    }

    private static boolean mayRead(String reader, String owner, @Nullable Array readers) throws SQLException {
        return readers == null || reader.equals(owner) || readers(readers).contains(reader);
    }

    /** Answers the readers that an owner names. */
    static Set<String> readers(Array array) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) array.getArray()));
    }

    private static Stored entry(ResultSet row) throws SQLException {
        return new Stored(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Optional.ofNullable(row.getObject(5, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                row.getLong(6));
    }
}
