// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static dev.mortise.security.Fixtures.ACME;
import static dev.mortise.security.Fixtures.TENANTS;
import static dev.mortise.security.Fixtures.admin;
import static dev.mortise.security.Fixtures.forPlugin;
import static dev.mortise.security.Fixtures.identity;
import static dev.mortise.security.Fixtures.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Tokens.Created;
import dev.mortise.kernel.admin.Tokens.NewToken;
import dev.mortise.kernel.port.TokenStore.StoredToken;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoreTokensTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path home;

    private final WatchedTokenStore store = new WatchedTokenStore();
    private CoreTokens tokens;

    @BeforeEach
    void start() {
        tokens = at(NOON);
    }

    @Test
    void givesAnAdminEverythingForEveryTenant() {
        Identity identity = identity(judge(made(admin()).text()));

        assertThat(identity.kind()).isEqualTo(PrincipalKind.USER);
        assertThat(identity.manyTenants()).isTrue();
        assertThat(identity.tenant()).isEmpty();
        assertThat(identity.has("mortise.admin")).isTrue();
        assertThat(identity.has("plugin.inventory.products.write")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugin", "remote"})
    void bindsATokenToItsPluginAndTenant(String kind) {
        var order = new NewToken(kind, Optional.of("inventory"), Optional.of("acme"), Optional.empty());

        Identity identity = identity(judge(made(order).text()));

        assertThat(identity.kind()).isEqualTo(PrincipalKind.SERVICE);
        assertThat(identity.plugin()).contains("inventory");
        assertThat(identity.tenant()).contains(ACME);
        assertThat(identity.manyTenants()).isFalse();
        assertThat(identity.permissions()).isEmpty();
    }

    @Test
    void namesTheTokenInTheIdentity() {
        Created.Made made = made(admin());

        assertThat(identity(judge(made.text())).id())
                .isEqualTo("admin:" + made.token().id());
    }

    @Test
    void keepsOnlyTheHash() {
        Created.Made made = made(admin());

        assertThat(store.all().toString()).doesNotContain(made.text());
        assertThat(store.all().toString()).contains(new TokenText(made.text()).hash());
    }

    @Test
    void refusesARevokedTokenAtOnceAlthoughItWasJustUsed() {
        tokens.modified(new FixedConfig(60_000));
        Created.Made made = made(forPlugin("inventory"));
        judge(made.text());

        assertThat(tokens.revoke(made.token().id())).isTrue();

        assertThat(refused(judge(made.text())).reason()).isEqualTo(Reason.INVALID);
        assertThat(tokens.revoke(made.token().id())).isFalse();
    }

    @Test
    void asksTheStoreOnceForATokenThatIsUsedOften() {
        tokens.modified(new FixedConfig(60_000));
        Created.Made made = made(admin());
        int before = store.lookups.get();

        judge(made.text());
        judge(made.text());

        assertThat(store.lookups.get() - before).isEqualTo(1);
    }

    @Test
    void tellsAnExpiredTokenFromAnUnknownOne() {
        var order = new NewToken("admin", Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(60)));
        String text = made(order).text();

        assertThat(judge(text)).isInstanceOf(Authentication.Authenticated.class);
        assertThat(at(NOON.plusSeconds(59)).judge(new TokenText(text)))
                .isInstanceOf(Authentication.Authenticated.class);
        assertThat(refused(at(NOON.plusSeconds(60)).judge(new TokenText(text))).reason())
                .isEqualTo(Reason.EXPIRED);
    }

    /** The clock of this machine, which is past that minute, has no say. */
    @Test
    void judgesByTheClockOfTheStore() {
        var order = new NewToken("admin", Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(60)));
        TokenText text = new TokenText(made(order).text());

        store.clock = Clock.fixed(NOON.plusSeconds(59), ZoneOffset.UTC);
        assertThat(new CoreTokens(store, TENANTS, new FixedConfig(0)).judge(text))
                .isInstanceOf(Authentication.Authenticated.class);
        store.clock = Clock.fixed(NOON.plusSeconds(61), ZoneOffset.UTC);
        assertThat(refused(new CoreTokens(store, TENANTS, new FixedConfig(0)).judge(text))
                        .reason())
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void refusesWhatHasNotTheShapeOfATokenWithoutAskingTheStore() {
        int before = store.lookups.get();

        assertThat(refused(judge("mor_a_short")).reason()).isEqualTo(Reason.INVALID);

        assertThat(store.lookups).hasValue(before);
    }

    @Test
    void refusesATokenWhoseTenantIsGone() {
        store.add(stored("plugin", Optional.of("gone"), "mor_p_" + "x".repeat(43)));

        assertThat(refused(judge("mor_p_" + "x".repeat(43))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAKindThatItDoesNotKnow() {
        store.add(stored("root", Optional.empty(), "mor_a_" + "x".repeat(43)));

        assertThat(refused(judge("mor_a_" + "x".repeat(43))).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void saysThatItCantTellWhileTheStoreIsDown() {
        String text = made(admin()).text();
        store.down = true;

        assertThatThrownBy(() -> judge(text)).isInstanceOfSatisfying(MortiseException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    @ParameterizedTest
    @CsvSource({
        "root,,,,no kind",
        "admin,inventory,,,Leave both out",
        "admin,,acme,,Leave both out",
        "plugin,,,,Name its id",
        "remote,,,,Name its id",
        "plugin,Inventory,,,no plugin id",
        "plugin,core,,,no plugin id",
        "plugin,inventory,nobody,,There is no tenant 'nobody'",
        "admin,,,0,between 1 second",
        "admin,,,-5,between 1 second",
        "admin,,,9223372036854775807,between 1 second"
    })
    void refusesAnOrderThatMakesNoSense(String kind, String plugin, String tenant, Long seconds, String sentence) {
        var order = new NewToken(
                kind,
                Optional.ofNullable(plugin),
                Optional.ofNullable(tenant),
                Optional.ofNullable(seconds).map(Duration::ofSeconds));

        assertThat(tokens.create(order)).isInstanceOfSatisfying(Created.Refused.class, r -> assertThat(r.message())
                .contains(sentence));
        assertThat(tokens.list()).hasSize(1);
    }

    private Authentication judge(String text) {
        return tokens.judge(new TokenText(text));
    }

    private Created.Made made(NewToken order) {
        return (Created.Made) tokens.create(order);
    }

    private CoreTokens at(Instant now) {
        return new CoreTokens(store, TENANTS, home, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static StoredToken stored(String kind, Optional<String> tenant, String text) {
        return new StoredToken(
                "id", new TokenText(text).hash(), kind, Optional.of("inventory"), tenant, NOON, Optional.empty());
    }
}
