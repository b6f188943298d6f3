// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static dev.mortise.security.Fixtures.ACME;
import static dev.mortise.security.Fixtures.TENANTS;
import static dev.mortise.security.Fixtures.bearer;
import static dev.mortise.security.Fixtures.identity;
import static dev.mortise.security.Fixtures.plugin;
import static dev.mortise.security.Fixtures.refused;
import static dev.mortise.security.Fixtures.request;
import static dev.mortise.security.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Tokens.Created;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.port.MapTokenStore;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who calls, as {@link LayeredAccessControl} finds out. */
class AuthenticationTest {
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
    void hasNoOpinionWhenNothingIsSentAndNobodyKnowsMore() {
        put("aa", request -> Authentication.noOpinion());

        assertThat(access.authenticate(request())).isInstanceOf(Authentication.NoOpinion.class);
    }

    @Test
    void refusesABearerTokenThatNobodyKnows() {
        put("aa", request -> Authentication.noOpinion());

        assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void askForPatienceWhileSomebodyWhoMayKnowTheTokenIsAway() {
        contributions.expect(Set.of(new PluginId("worker-token")));

        assertThatThrownBy(() -> access.authenticate(bearer("abc")))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE))
                .hasMessage("This bearer token can't be judged now: plugin 'worker-token' is not ready. Try again.");
        assertThat(access.authenticate(request())).isInstanceOf(Authentication.NoOpinion.class);

        contributions.expect(Set.of());
        assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAMalformedFieldBeforeAnybodyIsAsked() {
        put("aa", request -> Authentication.authenticated(user()));

        assertThat(refused(access.authenticate(request("Bearer a", "Bearer a"))).reason())
                .isEqualTo(Reason.INVALID);
        assertThat(refused(access.authenticate(request("Bearer\ta"))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void neverShowsACoreTokenToAPlugin() {
        List<Object> seen = new ArrayList<>();
        put("aa", request -> {
            seen.add(request);
            return Authentication.noOpinion();
        });
        Created.Made made = (Created.Made) tokens.create(Fixtures.admin());

        access.authenticate(bearer(made.text()));
        access.authenticate(bearer("mor_a_wrong"));

        assertThat(seen).isEmpty();
    }

    @Test
    void acceptsACoreTokenWhateverPluginsDo() {
        put("aa", request -> {
            throw new IllegalStateException("broken");
        });
        Created.Made made = (Created.Made) tokens.create(Fixtures.admin());

        assertThat(identity(access.authenticate(bearer(made.text()))).has("*")).isTrue();
    }

    @Test
    void takesNoCredentialOfAPluginForATenantThatDoesNotHaveIt() {
        put("aa", request -> Authentication.authenticated(user()));
        assertThat(access.authenticate(bearer("abc"))).isInstanceOf(Authentication.Authenticated.class);

        installed.stand(Fixtures.ACME.value(), "aa", Standing.ABSENT);

        assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void asksInTheOrderOfPluginIdsAndThenOfServices() {
        List<String> order = new ArrayList<>();
        put("bb", say(order, "b1"), say(order, "b2"));
        put("aa", say(order, "a1"));

        access.authenticate(bearer("abc"));

        assertThat(order).containsExactly("a1", "b1", "b2");
    }

    @Test
    void asksNobodyElseAfterARefusal() {
        put("aa", request -> Authentication.refused(Reason.EXPIRED, "too old"));
        put("bb", request -> Authentication.authenticated(user()));

        assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void failsClosedWhenAnAuthenticatorThrowsAnError() {
        put("aa", request -> {
            throw new StackOverflowError();
        });
        put("bb", request -> Authentication.authenticated(user()));

        assertThatThrownBy(() -> access.authenticate(bearer("abc")))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE))
                .hasMessageContaining("'aa'");
    }

    @Test
    void failsClosedWhenAnAuthenticatorAnswersNull() {
        put("aa", request -> null);

        assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.INVALID);
        assertThat(refused(access.authenticate(request())).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void takesEveryPowerOverTheCoreFromAPluginsIdentity() {
        put(
                "aa",
                request -> Authentication.authenticated(new Identity(
                        PrincipalKind.USER,
                        "eve",
                        Optional.of(ACME),
                        true,
                        Optional.of("inventory"),
                        Set.of("*", "mortise.admin", "mortise.x", "plugin.reports.generate"))));

        Identity identity = identity(access.authenticate(bearer("abc")));

        assertThat(identity).isEqualTo(Identity.user("eve", ACME, Set.of("plugin.reports.generate")));
    }

    @Test
    void refusesAnIdentityOfNoTenantThatExists() {
        AtomicReference<Identity> made = new AtomicReference<>(user());
        put("aa", request -> Authentication.authenticated(made.get()));
        assertThat(access.authenticate(bearer("abc"))).isInstanceOf(Authentication.Authenticated.class);

        for (String tenant : List.of("nobody", "acme")) {
            made.set(Identity.user("eve", new TenantId(tenant), Set.of()));
            assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.INVALID);
        }
        made.set(new Identity(PrincipalKind.USER, "eve", Optional.empty(), true, Optional.empty(), Set.of()));
        assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAnAuthenticatedNobody() {
        put(
                "aa",
                request -> Authentication.authenticated(new Identity(
                        PrincipalKind.ANONYMOUS, "x", Optional.of(ACME), false, Optional.empty(), Set.of())));

        assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAnIdThatWouldForgeLines() {
        for (String id : List.of("", " ", "a\nb", "a\u2028b", "a\u001b[2J", "a\u202eb", "x".repeat(256))) {
            put("aa", request -> Authentication.authenticated(Identity.user(id, ACME, Set.of())));

            assertThat(refused(access.authenticate(bearer("abc"))).reason()).isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void runsAuthenticatorsInAContextWithoutTenant() {
        AtomicReference<CallContext> seen = new AtomicReference<>();
        put("aa", request -> {
            seen.set(BoundContext.find().orElseThrow());
            return Authentication.noOpinion();
        });

        access.authenticate(bearer("abc"));

        assertThat(seen.get().tenant()).isEmpty();
        assertThat(seen.get().caller()).contains("aa");
    }

    private static Authenticator say(List<String> order, String name) {
        return request -> {
            order.add(name);
            return Authentication.noOpinion();
        };
    }

    private void put(String id, Authenticator... authenticators) {
        contributions.put(plugin(id, "1.0.0"), List.of(authenticators), List.of());
    }
}
