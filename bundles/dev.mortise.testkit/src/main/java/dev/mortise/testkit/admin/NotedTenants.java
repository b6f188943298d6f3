// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.admin;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Tenants;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantStore.Holding;
import java.util.List;
import java.util.Optional;

/** Two tenants, acme and globex, that take every order and stay as they are. */
public final class NotedTenants implements Tenants {
    private static final Tenant ACME = new Tenant(new TenantId("t-1"), "acme", "Acme", State.ACTIVE);

    private volatile String ordered = "";

    /** Makes them. */
    public NotedTenants() {}

    /** Answers the last tenant that was to be made. */
    public String ordered() {
        return ordered;
    }

    @Override
    public List<Tenant> list() {
        return List.of(ACME, new Tenant(new TenantId("t-2"), "globex", "Globex", State.SUSPENDED));
    }

    @Override
    public Optional<Tenant> find(String idOrSlug) {
        return Optional.of(ACME).filter(acme -> acme.slug().equals(idOrSlug));
    }

    @Override
    public Tenant create(String slug, Optional<String> name) {
        ordered = "create " + slug + " " + name;
        return new Tenant(new TenantId(slug), slug, name.orElse(slug), State.ACTIVE);
    }

    @Override
    public Tenant suspend(String idOrSlug) {
        return turned(idOrSlug, State.SUSPENDED);
    }

    @Override
    public Tenant activate(String idOrSlug) {
        return turned(idOrSlug, State.ACTIVE);
    }

    private Tenant turned(String idOrSlug, State state) {
        Tenant known = find(idOrSlug)
                .orElseThrow(() -> new MortiseException(ErrorCode.NOT_FOUND, "There is no tenant '" + idOrSlug + "'."));
        return new Tenant(known.id(), known.slug(), known.name(), state);
    }

    @Override
    public List<Holding> holdings(String idOrSlug) {
        return List.of(
                new Holding(Optional.of("shop"), "p_shop.p_shop__orders", 3),
                new Holding(Optional.empty(), "mortise.token", 1));
    }

    @Override
    public Tenant delete(String idOrSlug, Optional<String> confirmed) {
        if (confirmed.isEmpty()) {
            throw new MortiseException(ErrorCode.CONFLICT, "Confirm it.");
        }
        return turned(idOrSlug, State.DELETING);
    }
}
