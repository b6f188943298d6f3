// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.tenancy.TenantOrders;
import dev.mortise.kernel.admin.Tenants;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantStore.Holding;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the tenants to the surfaces. */
@Component
public final class TenantsComponent implements Tenants {
    private final Tenants tenants;

    /** Makes the offer. */
    @Activate
    public TenantsComponent(@Reference HostState state, @Reference Platform platform) {
        this.tenants = new TenantOrders(state.tenancy(), platform::tenantStore);
    }

    @Override
    public List<Tenant> list() {
        return tenants.list();
    }

    @Override
    public Optional<Tenant> find(String idOrSlug) {
        return tenants.find(idOrSlug);
    }

    @Override
    public Tenant create(String slug, Optional<String> name) {
        return tenants.create(slug, name);
    }

    @Override
    public Tenant suspend(String idOrSlug) {
        return tenants.suspend(idOrSlug);
    }

    @Override
    public Tenant activate(String idOrSlug) {
        return tenants.activate(idOrSlug);
    }

    @Override
    public List<Holding> holdings(String idOrSlug) {
        return tenants.holdings(idOrSlug);
    }

    @Override
    public Tenant delete(String idOrSlug, Optional<String> confirmed) {
        return tenants.delete(idOrSlug, confirmed);
    }
}
