// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.admin.Tokens.NewToken;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantPlugins;
import dev.mortise.testkit.port.MapTenantDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests, tenants and plugins that the tests of this bundle share. */
final class Fixtures {
    static final TenantId ACME = new TenantId("t-1");
    static final TenantDirectory TENANTS = new MapTenantDirectory().add(new Tenant(ACME, "acme", "Acme", false));

    private Fixtures() {}

    static Having having(TenantPlugins plugins) {
        Having having = new Having();
        having.bindPlugins(plugins);
        return having;
    }

    static AuthRequest request(String... authorization) {
        return new AuthRequest(
                "GET",
                "/api/v1/plugins",
                Headers.of(authorization.length == 0 ? Map.of() : Map.of("authorization", List.of(authorization))),
                "127.0.0.1");
    }

    static AuthRequest bearer(String token) {
        return request("Bearer " + token);
    }

    static Action action(String... permissions) {
        return new Action("GET", "/products", Optional.of("inventory"), Optional.of(ACME), Set.of(permissions));
    }

    static PluginIdentity plugin(String id, String version) {
        return new PluginIdentity(new PluginId(id), new Version(version));
    }

    static Identity user(String... permissions) {
        return Identity.user("ann", ACME, Set.of(permissions));
    }

    static NewToken admin() {
        return new NewToken("admin", Optional.empty(), Optional.empty(), Optional.empty());
    }

    static NewToken forPlugin(String plugin) {
        return new NewToken("plugin", Optional.of(plugin), Optional.empty(), Optional.empty());
    }

    static Limits limits() {
        return new Limits(Duration.ofSeconds(2), 4);
    }

    static Authentication.Refused refused(Authentication answer) {
        return (Authentication.Refused) answer;
    }

    static Identity identity(Authentication answer) {
        return ((Authentication.Authenticated) answer).identity();
    }
}
