// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what has expired, and counts what is left. Every node asks for the turn, the one that gets it does the work of
 * all; when it ends in between, another one has the next turn.
 */
final class SharedSweep {
    private static final Logger LOG = LoggerFactory.getLogger(SharedSweep.class);
    /** A turn is due a little before the period is over, so that a clock that runs fast makes nobody skip one. */
    private static final double DUE = 0.9;

    private final PooledDatabase database;
    private final SharedLimits limits;
    private volatile Map<String, SharedQuota.Usage> owners = Map.of();
    private volatile boolean lost;

    SharedSweep(PooledDatabase database, SharedLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    /** Answers what each plugin had, of all tenants together, when this node last had the turn; otherwise nothing. */
    Map<String, SharedQuota.Usage> owners() {
        return owners;
    }

    /** Sweeps if it is this node's turn; answers how many rows went. */
    int sweep() {
        try {
            int gone = taken() ? all() : 0;
            lost = false;
            return gone;
        } catch (RuntimeException e) {
            if (!lost) {
                LOG.warn("What has expired of shared data can't be deleted now: {}", e.getMessage());
            }
            lost = true;
            return 0;
        }
    }

    private boolean taken() {
        boolean taken = database.call(
                "the turn to delete expired shared data is being asked for",
                connection -> Sql.update(connection, SharedSql.TAKE_TURN, (long)
                                (limits.sweep().toMillis() * DUE))
                        == 1);
        owners = taken ? owners : Map.of();
        return taken;
    }

    private int all() {
        int gone = 0;
        int batch;
        do {
            batch = database.call(
                    "expired shared data is being deleted",
                    connection -> Sql.update(connection, SharedSql.SWEEP, SharedLimits.SWEPT_AT_ONCE));
            gone += batch;
        } while (batch == SharedLimits.SWEPT_AT_ONCE);
        if (gone > 0) {
            LOG.debug("{} values of shared data had expired", gone);
        }
        owners = counted();
        return gone;
    }

    private Map<String, SharedQuota.Usage> counted() {
        Map<String, SharedQuota.Usage> counted = new ConcurrentHashMap<>();
        database.call(
                "shared data is being counted",
                connection -> Sql.list(
                        connection,
                        row -> counted.put(row.getString(1), new SharedQuota.Usage(row.getLong(2), row.getLong(3)))
                                == null,
                        SharedSql.OWNERS));
        return counted;
    }
}
