// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Tenants;
import dev.mortise.kernel.model.WholeText;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantStore;
import dev.mortise.kernel.port.TenantStore.Holding;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes orders about tenants. */
public final class TenantOrders implements Tenants {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST_SLUG = 63;
    private static final int LONGEST_NAME = 200;

    private final KnownTenants tenants;
    private final Supplier<Optional<TenantStore>> stores;

    /** Takes orders for the tenancy. */
    public TenantOrders(Tenancy tenancy, Supplier<Optional<TenantStore>> stores) {
        this.tenants = new KnownTenants(tenancy.sources().tenants());
        this.stores = stores;
    }

    @Override
    public List<Tenant> list() {
        return tenants.all();
    }

    @Override
    public Optional<Tenant> find(String idOrSlug) {
        return tenants.find(idOrSlug);
    }

    @Override
    public Tenant create(String slug, Optional<String> name) {
        if (slug.length() > LONGEST_SLUG || !SLUG.matcher(slug).matches()) {
            throw invalid("A slug is 1 to 63 small letters and digits, with single hyphens between them, not '" + slug
                    + "'.");
        }
        String shown = name.orElse(slug);
        if (shown.isBlank()
                || shown.length() > LONGEST_NAME
                || shown.codePoints().anyMatch(Character::isISOControl)) {
            throw invalid("A tenant's name has 1 to 200 characters and no control character among them.");
        }
        WholeText.objection(shown).ifPresent(why -> {
            throw invalid("A tenant's name " + why + ".");
        });
        if (!store().add(new TenantId(slug), slug, shown)) {
            throw refused("There is a tenant '" + slug + "' already. Choose another slug.");
        }
        return tenants.get(slug);
    }

    @Override
    public Tenant suspend(String idOrSlug) {
        return turned(idOrSlug, true);
    }

    @Override
    public Tenant activate(String idOrSlug) {
        return turned(idOrSlug, false);
    }

    private Tenant turned(String idOrSlug, boolean suspended) {
        Tenant tenant = tenants.get(idOrSlug);
        if (!store().suspend(tenant.id(), suspended)) {
            throw refused("Tenant '" + tenant.slug() + "' is being deleted.");
        }
        return tenants.get(idOrSlug);
    }

    @Override
    public List<Holding> holdings(String idOrSlug) {
        return store().holdings(tenants.get(idOrSlug).id());
    }

    @Override
    public Tenant delete(String idOrSlug, Optional<String> confirmed) {
        Tenant tenant = tenants.get(idOrSlug);
        if (tenant.id().equals(TenantId.DEFAULT)) {
            throw refused("Tenant 'default' always exists. Suspend it instead.");
        }
        if (!confirmed.equals(Optional.of(tenant.slug()))) {
            throw refused(goes(tenant) + " There is no way back. Confirm it with the slug '" + tenant.slug() + "'.");
        }
        store().delete(tenant.id());
        return tenants.find(idOrSlug)
                .orElseGet(() -> new Tenant(tenant.id(), tenant.slug(), tenant.name(), State.DELETING));
    }

    private String goes(Tenant tenant) {
        List<Holding> all = store().holdings(tenant.id());
        return all.isEmpty()
                ? "Nothing is kept of tenant '" + tenant.slug() + "'."
                : "With tenant '%s' go: %s."
                        .formatted(
                                tenant.slug(),
                                all.stream()
                                        .map(one -> one.rows() + " rows of " + one.table())
                                        .collect(Collectors.joining(", ")));
    }

    private TenantStore store() {
        return stores.get()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE, "The database is not there yet. Try again."));
    }

    private static MortiseException invalid(String sentence) {
        return new MortiseException(ErrorCode.VALIDATION_FAILED, sentence);
    }

    private static MortiseException refused(String sentence) {
        return new MortiseException(ErrorCode.CONFLICT, sentence);
    }
}
