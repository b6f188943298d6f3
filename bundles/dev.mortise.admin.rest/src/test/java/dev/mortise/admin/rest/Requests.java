// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static dev.mortise.testkit.call.ContextBuilder.context;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.testkit.call.ContextBuilder;
import dev.mortise.testkit.call.RequestBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Requests as the gateway hands them over: of an administrator, who belongs to no tenant, unless a test says otherwise. */
final class Requests {
    static final Identity ADMIN =
            new Identity(PrincipalKind.USER, "admin:1", Optional.empty(), true, Optional.empty(), Set.of("*"));

    private Requests() {}

    static RequestBuilder admin() {
        return RequestBuilder.request("GET", "/").in(adminWithin(300));
    }

    static ContextBuilder adminWithin(int seconds) {
        return context().withoutTenant().identity(ADMIN).within(Duration.ofSeconds(seconds));
    }

    /** A credential that is bound to the plugin reports and to no tenant. */
    static ContextBuilder reports() {
        return context().withoutTenant().identity(bound("remote:3", Optional.empty()));
    }

    static ContextBuilder plugin(String tenant) {
        return context().tenant(tenant).identity(bound("plugin:2", Optional.of(new TenantId(tenant))));
    }

    private static Identity bound(String id, Optional<TenantId> tenant) {
        return new Identity(PrincipalKind.SERVICE, id, tenant, false, Optional.of("reports"), Set.of());
    }
}
