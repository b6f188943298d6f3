// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static dev.mortise.security.Fixtures.ACME;
import static dev.mortise.security.Fixtures.TENANTS;
import static dev.mortise.security.Fixtures.action;
import static dev.mortise.security.Fixtures.plugin;
import static dev.mortise.security.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.Authorizer;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.port.MapTokenStore;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link LayeredAccessControl} lets callers do. */
class AuthorizationTest {
    @TempDir
    Path home;

    private final OpenTenantPlugins installed = new OpenTenantPlugins();
    private final CopyOnWriteContributions contributions = new CopyOnWriteContributions(Fixtures.limits());
    private CoreTokens tokens;
    private LayeredAccessControl access;

    @BeforeEach
    void start() {
        tokens = new CoreTokens(new MapTokenStore(), TENANTS, home, Clock.systemUTC());
        access = new LayeredAccessControl(tokens, contributions, TENANTS, Fixtures.having(installed));
    }

    @Test
    void needsEveryPermissionOfTheEndpoint() {
        assertThat(access.authorize(user("a"), action("a"))).isInstanceOf(Decision.Allow.class);
        assertThat(reason(access.authorize(user("a"), action("a", "c", "b")))).contains("'b', 'c'");
    }

    @Test
    void letsAnyAuthenticatedIdentityThroughWhereNothingIsAskedFor() {
        assertThat(access.authorize(user(), action())).isInstanceOf(Decision.Allow.class);
        assertThat(access.authorize(Identity.ANONYMOUS, action())).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void letsEverybodyThroughWhereTheOperatorSwitchedAuthenticationOff() {
        Identity everybody = new Identity(
                PrincipalKind.ANONYMOUS, "everybody", Optional.empty(), true, Optional.empty(), Set.of("*"));

        assertThat(access.authorize(everybody, action("a"))).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void asksNoAuthorizerOfAPluginThatTheTenantDoesNotHave() {
        put("bb", (identity, action) -> Decision.deny("not on Sundays"));
        assertThat(access.authorize(user(), action())).isInstanceOf(Decision.Deny.class);

        installed.stand(ACME.value(), "bb", Standing.ABSENT);

        assertThat(access.authorize(user(), action())).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void isDeniedByOneAuthorizerAmongMany() {
        put("aa", (identity, action) -> Decision.allow());
        put("bb", (identity, action) -> Decision.abstain(), (identity, action) -> Decision.deny("not on Sundays"));
        put("cc", (identity, action) -> Decision.allow());

        assertThat(reason(access.authorize(user(), action()))).isEqualTo("not on Sundays");
    }

    @Test
    void canNotKeepAnAdministratorFromTheCore() {
        put("aa", (Authorizer) (identity, action) -> Decision.deny("Nobody may."));
        Action core =
                new Action("DELETE", "/api/v1/plugins/aa", Optional.empty(), Optional.empty(), Set.of("mortise.admin"));
        Action plugins = action("mortise.admin");

        assertThat(access.authorize(user("mortise.admin"), core)).isInstanceOf(Decision.Allow.class);
        assertThat(access.authorize(user("mortise.admin"), plugins)).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void isNotHelpedByAnAuthorizerWhereAPermissionIsMissing() {
        put("aa", (identity, action) -> Decision.allow());

        assertThat(access.authorize(user(), action("a"))).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void isLeftAloneByThoseWhoAbstain() {
        put("aa", (identity, action) -> Decision.abstain());

        assertThat(access.authorize(user("a"), action("a"))).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void failsClosedWhenAnAuthorizerThrowsOrAnswersNull() {
        put("aa", (Authorizer) (identity, action) -> {
            throw new LinkageError();
        });
        assertThat(reason(access.authorize(user(), action()))).contains("'aa'");

        put("aa", (Authorizer) (identity, action) -> null);
        assertThat(reason(access.authorize(user(), action()))).contains("'aa'");
    }

    @Test
    void runsAuthorizersForTheTenantOfTheAction() {
        AtomicReference<CallContext> seen = new AtomicReference<>();
        put("aa", (identity, action) -> {
            seen.set(BoundContext.find().orElseThrow());
            return Decision.abstain();
        });

        access.authorize(user(), action());

        assertThat(seen.get().tenant()).contains(ACME);
        assertThat(seen.get().identity()).isEqualTo(user());
    }

    private static String reason(Decision decision) {
        return ((Decision.Deny) decision).reason();
    }

    private void put(String id, Authorizer... authorizers) {
        contributions.put(plugin(id, "1.0.0"), List.of(), List.of(authorizers));
    }
}
