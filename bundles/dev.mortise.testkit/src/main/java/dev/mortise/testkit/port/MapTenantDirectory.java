// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.TenantDirectory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows tenants in memory; {@code default} exists from the start. */
public final class MapTenantDirectory implements TenantDirectory {
    private final Map<TenantId, Tenant> tenants = new ConcurrentHashMap<>();
    private volatile Listener listener = Listener.NOBODY;

    /** Makes a directory with the tenant {@code default}. */
    public MapTenantDirectory() {
        add(new Tenant(TenantId.DEFAULT, "default", "Default", false));
    }

    /** Adds a tenant, or replaces the one with its id; of one that is being deleted now whoever listens is told. */
    public MapTenantDirectory add(Tenant tenant) {
        Tenant before = tenants.put(tenant.id(), tenant);
        if (before != null && before.state() != State.DELETING && tenant.state() == State.DELETING) {
            listener.leaves(tenant.id());
        }
        return this;
    }

    /** Adds a tenant whose id, slug and name are the same. */
    public MapTenantDirectory add(String slug) {
        return add(new Tenant(new TenantId(slug), slug, slug, false));
    }

    /** Adds a tenant that is suspended. */
    public MapTenantDirectory suspended(String slug) {
        return add(new Tenant(new TenantId(slug), slug, slug, true));
    }

    /** Forgets a tenant, and tells whoever listens. */
    public MapTenantDirectory remove(String slug) {
        TenantId id = new TenantId(slug);
        if (tenants.remove(id) != null) {
            listener.leaves(id);
        }
        return this;
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    @Override
    public Optional<Tenant> find(String idOrSlug) {
        return tenants.values().stream()
                .filter(tenant ->
                        tenant.id().value().equals(idOrSlug) || tenant.slug().equals(idOrSlug))
                .findFirst();
    }

    @Override
    public List<Tenant> all() {
        return tenants.values().stream()
                .sorted(Comparator.comparing(Tenant::slug))
                .toList();
    }
}
