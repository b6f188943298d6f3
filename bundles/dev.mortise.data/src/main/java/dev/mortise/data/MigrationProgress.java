// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.RunningMigration;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what runs in plugins' schemas, on whichever node: the server knows it of every session of an owner, what it does,
 * how far it is and for whom it waits. While one of this node runs the log says it too, now and then.
 */
final class MigrationProgress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationProgress.class);
    private static final String TELL = "SELECT pg_catalog.set_config('application_name', ?, false)";
    private static final String RUNNING = """
            SELECT substring(a.usename FROM '^m[0-9a-f]{8}_(.+)_owner$'), a.application_name, a.pid,
                   least(a.xact_start, a.query_start),
                   (extract(epoch FROM clock_timestamp() - least(a.xact_start, a.query_start)) * 1000)::bigint,
                   p.phase, p.blocks_total, p.blocks_done, a.wait_event_type, a.wait_event,
                   ARRAY(SELECT 'pid ' || b.pid || ' of role ' || coalesce(b.usename, '?')
                           FROM pg_stat_activity b WHERE b.pid = ANY (pg_blocking_pids(a.pid)) ORDER BY b.pid)
              FROM pg_stat_activity a LEFT JOIN pg_stat_progress_create_index p ON p.pid = a.pid
             WHERE a.datname = current_database() AND a.usename ~ ('^m' || ? || '_.+_owner$')
               AND a.state IN ('active', 'idle in transaction') AND a.application_name <> 'mortise'
             ORDER BY 4
            """;

    private final PooledDatabase database;
    private final AtomicInteger here = new AtomicInteger();
    private final ScheduledFuture<?> reports;

    MigrationProgress(PooledDatabase database) {
        this.database = database;
        this.reports = database.every(database.connector().limits().migrations().report(), this::report);
    }

    /** Tells the server what a session begins. */
    static void tell(Connection connection, Migration migration) throws SQLException {
        tell(connection, migration.version() + " " + migration.description());
    }

    /** The same in words of one's own; the server cuts long ones. */
    static void tell(Connection connection, String what) throws SQLException {
        Sql.text(connection, TELL, what);
    }

    /** Something that may take long begins on this node; closing it ends it. */
    Watched begin() {
        here.incrementAndGet();
        return here::decrementAndGet;
    }

    /** Answers how much of that runs. */
    int here() {
        return here.get();
    }

    /** The time that something takes. */
    interface Watched extends AutoCloseable {
        @Override
        void close();
    }

    List<RunningMigration> running() {
        return database.call(
                "the migrations that run are being looked for",
                connection -> Sql.list(connection, MigrationProgress::read, RUNNING, database.id()));
    }

    private void report() {
        if (here.get() == 0) {
            return;
        }
        long least = database.connector().limits().migrations().report().toMillis();
        try {
            running().stream()
                    .filter(one -> one.elapsedMillis() >= least)
                    .forEach(one -> LOG.info(
                            "plugin={} migration {} runs for {} s: {}{}",
                            one.plugin(),
                            one.migration(),
                            one.elapsedMillis() / 1000,
                            one.doing(),
                            one.waitsFor().isEmpty() ? "" : ", waits for " + String.join(", ", one.waitsFor())));
        } catch (MortiseException later) {
            LOG.debug("What migrates can't be told now: {}", later.getMessage());
        }
    }

    /** Tells no more. */
    @Override
    public void close() {
        reports.cancel(false);
    }

    private static RunningMigration read(ResultSet row) throws SQLException {
        Optional<String> phase = Optional.ofNullable(row.getString(6));
        long total = row.getLong(7);
        boolean counted = phase.isPresent() && total > 0;
        return new RunningMigration(
                row.getString(1).replace('_', '-'),
                row.getString(2),
                row.getInt(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getLong(5),
                phase.orElse(doing(row)),
                counted ? Optional.of((int) (100 * row.getLong(8) / total)) : Optional.empty(),
                blockers(row.getArray(11)));
    }

    private static String doing(ResultSet row) throws SQLException {
        String kind = Objects.toString(row.getString(9), "");
        String event = Objects.toString(row.getString(10), "");
        return kind.equals("Lock") ? "waiting for a lock (" + event + ")" : "running its script";
    }

    private static List<String> blockers(Array array) throws SQLException {
        return Stream.of((Object[]) array.getArray()).map(String::valueOf).toList();
    }
}
