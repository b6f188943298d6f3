// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.data.TenantTables.Table;
import dev.mortise.kernel.port.TenantStore.Holding;
import dev.mortise.kernel.thread.SteadyTimer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes tenants that are being deleted: first the rows of plugins in batches, each a transaction of its own, so that no
 * lock is held for long; at last the tenant with what the core keeps of it. One container at a time works on a tenant.
 */
final class TenantRemoval implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantRemoval.class);
    static final int BATCH = 1000;
    private static final String MINE = "SELECT id FROM mortise.tenant WHERE id = ? AND deleting FOR UPDATE SKIP LOCKED";
    private static final String GONE = "DELETE FROM mortise.tenant WHERE id = ? AND deleting";

    private static final String REFERRED_TO = "23503";
    /** How often rows are removed that triggers of plugins write for those that go. */
    private static final int PASSES = 5;

    private final PooledDatabase database;
    private final TenantTables tables;
    private final Supplier<List<TenantId>> leaving;
    private final Runnable changed;
    private final SteadyTimer worker;
    // why a tenant is still there, as the log knows it; belongs to the worker
    private final Map<TenantId, String> said = new HashMap<>();

    /** Asks {@code leaving} for the tenants to remove, and calls {@code changed} when one is gone. */
    TenantRemoval(PooledDatabase database, TenantTables tables, Supplier<List<TenantId>> leaving, Runnable changed) {
        this.database = database;
        this.tables = tables;
        this.leaving = leaving;
        this.changed = changed;
        this.worker = new SteadyTimer(
                1,
                TenantRemoval::thread,
                fault -> LOG.error("Tenants that are to be deleted can't be looked for; that is tried again", fault));
        // a deletion that is ordered at the very end goes on with the next start
        worker.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        worker.prestartAllCoreThreads();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "mortise-tenant-removal");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks now for tenants whose deletion was begun before, and again after every period. */
    void begin(Duration period) {
        var unused = worker.scheduleWithFixedDelay(this::removeAll, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks as soon as it can. */
    void soon() {
        worker.execute(this::removeAll);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private void removeAll() {
        leaving.get().forEach(this::remove);
    }

    private void remove(TenantId tenant) {
        try {
            List<Holding> left = List.of();
            for (int pass = 0; pass < PASSES && (pass == 0 || !left.isEmpty()); pass++) {
                removeRows(tenant);
                left = end(tenant);
            }
            if (!left.isEmpty()) {
                throw new MortiseException(
                        ErrorCode.CONFLICT, "Triggers of plugins write rows of it again and again: " + left);
            }
            said.remove(tenant);
            changed.run();
        } catch (Throwable e) {
            // also of what nobody thought of: it must not be the end of all deletions
            if (!Objects.equals(said.put(tenant, String.valueOf(e.getMessage())), String.valueOf(e.getMessage()))) {
                LOG.warn("tenant={} is not deleted yet, and it is tried again: {}", tenant, e.getMessage(), e);
            }
        }
    }

    /**
     * Removes the tenant itself, unless rows of plugins are left: they would go with it by their foreign key, and before version
     * 18 the server would run the triggers that this fires with the rights of the core. Answers those rows.
     */
    private List<Holding> end(TenantId tenant) {
        return database.transaction("tenant '" + tenant + "' is being deleted", connection -> {
            if (!mine(connection, tenant)) {
                return List.of();
            }
            TenantLogins.removeOf(connection, tenant);
            // nobody adds any now: whoever refers to the tenant waits for this transaction
            List<Holding> left = tables.ofPlugins(connection, tenant);
            if (left.isEmpty() && Sql.update(connection, GONE, tenant.value()) == 1) {
                LOG.info("tenant={} is deleted, with everything that was kept of it", tenant);
            }
            return left;
        });
    }

    /** Rows that are referred to wait until what refers to them is gone; those that wait for one another go together. */
    private void removeRows(TenantId tenant) {
        List<Table> left = database.call("tables of tenants are being looked for", tables::childrenFirst);
        long removed;
        do {
            List<Table> held = new ArrayList<>();
            removed = 0;
            for (Table table : left) {
                removed += removeFrom(table, tenant, held);
            }
            left = held;
        } while (removed > 0 && !left.isEmpty() && !worker.isShutdown());
        left.stream().collect(Collectors.groupingBy(Table::owner)).values().forEach(owned -> together(owned, tenant));
    }

    /** Answers how many rows went; a table with rows that others refer to is added to those that are held. */
    private long removeFrom(Table table, TenantId tenant, List<Table> held) {
        long all = 0;
        long removed;
        try {
            do {
                removed = database.transaction(
                        "rows of tenant '" + tenant + "' in " + table.name() + " are being removed",
                        connection -> mine(connection, tenant) ? tables.remove(connection, table, tenant, BATCH) : 0L);
                all += removed;
            } while (removed == BATCH && !worker.isShutdown());
        } catch (MortiseException e) {
            if (!(e.getCause() instanceof SQLException fault && REFERRED_TO.equals(fault.getSQLState()))) {
                throw e;
            }
            LOG.debug("tenant={} has rows in {} that others refer to", tenant, table.name(), e);
            held.add(table);
        }
        return all;
    }

    /** One statement for all of them, which may take as long as a migration. */
    private void together(List<Table> owned, TenantId tenant) {
        String names = owned.stream().map(Table::name).collect(Collectors.joining(", "));
        try (Connection connection = database.connector().patient().getConnection()) {
            connection.setAutoCommit(false);
            if (mine(connection, tenant)) {
                long removed = tables.removeAll(connection, owned, tenant);
                LOG.info("tenant={} {} rows in {} are removed, which refer to one another", tenant, removed, names);
            }
            connection.commit();
        } catch (SQLException e) {
            throw DatabaseFault.of("rows of tenant '" + tenant + "' in " + names + " are being removed", e);
        }
    }

    private static boolean mine(Connection connection, TenantId tenant) throws SQLException {
        return Sql.first(connection, row -> row.getString(1), MINE, tenant.value())
                .isPresent();
    }
}
