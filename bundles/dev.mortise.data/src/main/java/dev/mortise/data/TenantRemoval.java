// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.data.TenantTables.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes tenants that are being deleted: first the rows of plugins in batches, each a transaction of its own, so that no
 * lock is held for long; at last the tenant with what the core keeps of it. One container at a time works on a tenant.
 */
final class TenantRemoval implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantRemoval.class);
    static final int BATCH = 1000;
    private static final String LEAVING = "SELECT id FROM mortise.tenant WHERE deleting ORDER BY id";
    private static final String MINE = "SELECT id FROM mortise.tenant WHERE id = ? AND deleting FOR UPDATE SKIP LOCKED";
    private static final String GONE = "DELETE FROM mortise.tenant WHERE id = ? AND deleting";

    private final PooledDatabase database;
    private final TenantTables tables;
    private final Runnable changed;
    private final ScheduledThreadPoolExecutor worker;

    /** Calls {@code changed} when a tenant is gone. */
    TenantRemoval(PooledDatabase database, TenantTables tables, Runnable changed) {
        this.database = database;
        this.tables = tables;
        this.changed = changed;
        this.worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mortise-tenant-removal");
            thread.setDaemon(true);
            return thread;
        });
        // a deletion that is ordered at the very end goes on with the next start
        worker.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        worker.prestartAllCoreThreads();
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
        try {
            List<String> leaving = database.call(
                    "tenants to delete are being looked for",
                    connection -> Sql.list(connection, row -> row.getString(1), LEAVING));
            leaving.forEach(id -> remove(new TenantId(id)));
        } catch (MortiseException later) {
            LOG.debug("Tenants can't be deleted now: {}", later.getMessage());
        }
    }

    private void remove(TenantId tenant) {
        try {
            List<Table> all = database.call("tables of tenants are being looked for", tables::all);
            for (Table table : all) {
                removeRows(table, tenant);
            }
            boolean gone = database.call(
                    "tenant '" + tenant + "' is being deleted",
                    connection -> Sql.update(connection, GONE, tenant.value()) == 1);
            if (gone) {
                LOG.info("tenant={} is deleted, with everything that was kept of it", tenant);
            }
            changed.run();
        } catch (MortiseException e) {
            LOG.warn("tenant={} is not deleted yet, and it is tried again: {}", tenant, e.getMessage(), e);
        }
    }

    private void removeRows(Table table, TenantId tenant) {
        int removed;
        do {
            removed = database.transaction(
                    "rows of tenant '" + tenant + "' in " + table.name() + " are being removed",
                    connection -> Sql.first(connection, row -> row.getString(1), MINE, tenant.value())
                                    .isPresent()
                            ? tables.remove(connection, table, tenant, BATCH)
                            : 0);
        } while (removed == BATCH && !worker.isShutdown());
    }
}
