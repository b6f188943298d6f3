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
    private static final Identity ADMIN =
            new Identity(PrincipalKind.USER, "admin:1", Optional.empty(), true, Optional.empty(), Set.of("*"));

    private Requests() {}

    static RequestBuilder admin() {
        return RequestBuilder.request("GET", "/").in(adminWithin(300));
    }

    static ContextBuilder adminWithin(int seconds) {
        return context().withoutTenant().identity(ADMIN).within(Duration.ofSeconds(seconds));
    }

    static ContextBuilder plugin(String tenant) {
        Identity identity = new Identity(
                PrincipalKind.SERVICE,
                "plugin:2",
                Optional.of(new TenantId(tenant)),
                false,
                Optional.of("reports"),
                Set.of());
        return context().tenant(tenant).identity(identity);
    }
}
