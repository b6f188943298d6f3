// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the tenants. Implemented by the data bundle, used by the host; what it changed, the {@link TenantDirectory} knows
 * when the method returns. Every method blocks and throws {@code MortiseException} SERVICE_UNAVAILABLE while the database
 * can't be reached.
 */
public interface TenantStore {
    /**
     * Adds an active tenant; answers false when its id or slug is taken. No two tenants ever have the same id, so that nothing
     * which anybody remembers of one that is gone is taken for another's.
     *
     * @param wanted its id; it gets another one that begins like it where a tenant that is gone had this one
     */
    boolean add(TenantId wanted, String slug, String name);

    /** Suspends or activates a tenant; answers false when there is none, or when it is being deleted. */
    boolean suspend(TenantId tenant, boolean suspended);

    /** Counts what is kept of a tenant, table by table; tables without a row of it are left out. */
    List<Holding> holdings(TenantId tenant);

    /**
     * Begins to delete a tenant: it is served no longer, its rows are removed in batches in the background, also after a
     * restart, and at last the tenant itself. Answers false when there is none.
     */
    boolean delete(TenantId tenant);

    /**
     * Rows of a tenant in one table.
     *
     * @param plugin the id of the plugin whose table it is; empty for the core's
     * @param table schema and name
     */
    record Holding(Optional<String> plugin, String table, long rows) {}
}
