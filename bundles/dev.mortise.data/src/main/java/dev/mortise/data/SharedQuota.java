// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.shared.SharedRefusals;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What plugins may have for each tenant. To count at every write would cost more than the write, and a counter in the
 * database would let the writers of a plugin wait for one another. So the keys and bytes of a plugin are counted now and
 * then, and what is written here meanwhile is added as if all of it were new; when that comes near to the limit, each
 * write is counted exactly, one after the other on all nodes.
 */
final class SharedQuota {
    private static final int NEAR_PERCENT = 90;
    private static final int KNOWN = 10_000;

    private final SharedLimits limits;
    private final Map<Holder, Estimate> estimates = new ConcurrentHashMap<>();

    SharedQuota(SharedLimits limits) {
        this.limits = limits;
    }

    private record Holder(TenantId tenant, String owner) {}

    /** How much a plugin has. */
    record Usage(long keys, long bytes) {
        static final Usage NONE = new Usage(0, 0);

        static Usage of(Connection connection, TenantId tenant, String owner) throws SQLException {
            return Sql.first(
                            connection,
                            row -> new Usage(row.getLong(1), row.getLong(2)),
                            SharedSql.USAGE,
                            tenant.value(),
                            owner)
                    .orElseThrow();
        }
    }

    /** What was counted, and what was written since. */
    private record Estimate(AtomicLong keys, AtomicLong bytes, long countedAt) {}

    /** Tells whether a value certainly fits without counting; it is counted as written then. */
    boolean roomy(TenantId tenant, String owner, int bytes) {
        Estimate known = estimates.get(new Holder(tenant, owner));
        return known != null
                && System.nanoTime() - known.countedAt < limits.recount().toNanos()
                && known.bytes.addAndGet(bytes) < near(limits.bytes())
                && known.keys.get() < near(limits.keys());
    }

    /** Takes note of a key that was new. */
    void added(TenantId tenant, String owner) {
        Estimate known = estimates.get(new Holder(tenant, owner));
        if (known != null) {
            known.keys.incrementAndGet();
        }
    }

    /** Takes note of a count. */
    void counted(TenantId tenant, String owner, Usage usage) {
        if (estimates.size() >= KNOWN) {
            estimates.clear();
        }
        estimates.put(
                new Holder(tenant, owner),
                new Estimate(new AtomicLong(usage.keys), new AtomicLong(usage.bytes), System.nanoTime()));
    }

    /** Answers why a write that led from one usage to the other must not be; what frees something always may. */
    Optional<Refused> judge(Space space, String owner, Usage before, Usage after) {
        if (after.keys > limits.keys() && after.keys > before.keys) {
            return Optional.of(SharedRefusals.keys(space, owner, limits.keys()));
        }
        if (after.bytes > limits.bytes() && after.bytes > before.bytes) {
            return Optional.of(SharedRefusals.bytes(space, owner, limits.bytes()));
        }
        return Optional.empty();
    }

    private static long near(long limit) {
        return limit * NEAR_PERCENT / 100;
    }
}
