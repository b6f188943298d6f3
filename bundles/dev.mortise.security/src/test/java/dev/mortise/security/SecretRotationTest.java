// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.admin.SecretKeys.Rotation;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Tokens;
import dev.mortise.kernel.port.Secrets.Owner;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.testkit.port.MapOAuthStore;
import dev.mortise.testkit.port.MapSettingsStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretRotationTest {
    private static final PluginId PLUGIN = new PluginId("reports");

    @TempDir
    private Path home;

    private final MapSettingsStore store = new MapSettingsStore();
    private final MapOAuthStore tokens = new MapOAuthStore(Clock.systemUTC());
    private final KnownNames names = new KnownNames();
    private FileSecrets secrets;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void make() {
        secrets = new FileSecrets(new SecretKeyFile(home), Duration.ZERO);
        secrets.check().use(names);
    }

    @Test
    void sealsEverythingAnewAndKeepsTheOldKeyForThoseWhoAreLate() throws IOException {
        for (int i = 0; i < 250; i++) {
            put("tenant-" + i);
        }
        SecretKey old = secrets.keys().current();

        Rotation rotation = rotate();

        assertThat(rotation.sealed()).isEqualTo(500);
        assertThat(rotation.lost()).isZero();
        assertThat(keys()).containsExactly(rotation.key(), old.id());
        assertThat(rotation.key()).isNotEqualTo(old.id());
        for (int i = 0; i < 250; i++) {
            assertOpens("tenant-" + i);
        }
    }

    @Test
    void opensWhatANodeWithTheOldFileSealedAfterTheRotation() throws IOException {
        put("acme");
        byte[] before = Files.readAllBytes(home.resolve("data/secrets-key"));
        rotate();
        byte[] after = Files.readAllBytes(home.resolve("data/secrets-key"));

        Files.write(home.resolve("data/secrets-key"), before);
        make();
        put("late");
        Files.write(home.resolve("data/secrets-key"), after);

        assertOpens("late");
        assertThat(rotate().lost()).isZero();
        assertOpens("late");
    }

    @Test
    void dropsAKeyWithARotationThatComesLaterOrWhenItIsTold() throws IOException {
        put("acme");
        String first = secrets.keys().current().id();
        Rotation second = rotate();
        now = now.plus(Duration.ofMinutes(59));
        Rotation third = rotate();
        assertThat(keys()).containsExactly(third.key(), second.key(), first);

        now = now.plus(Duration.ofMinutes(2));
        Rotation fourth = rotate();
        assertThat(keys()).containsExactly(fourth.key(), third.key(), second.key());
        assertThat(fourth.older()).isEqualTo(2);

        put("late");
        assertThat(rotation().drop()).extracting(Rotation::key, Rotation::older).containsExactly(fourth.key(), 0);
        assertThat(keys()).containsExactly(fourth.key());
        assertThat(names.all).containsExactly(fourth.key());
        assertOpens("acme");
        assertOpens("late");
    }

    @Test
    void keepsTheOldKeyWhileSomethingDoesNotOpen() throws IOException {
        put("acme");
        TenantId beta = new TenantId("beta");
        store.set(beta, PLUGIN, new Settings(Map.of(), Map.of("f", "v1.gone.AAAA"), Optional.empty()));

        Rotation rotation = rotate();

        assertThat(rotation).extracting(Rotation::sealed, Rotation::lost).containsExactly(2, 1);
        assertThat(Files.readAllLines(home.resolve("data/secrets-key"))).hasSize(2);
        assertThat(store.find(beta, PLUGIN).secrets()).containsEntry("f", "v1.gone.AAAA");
        assertOpens("acme");
    }

    @Test
    void goesOnAfterItWasBrokenOff() {
        put("acme");
        secrets.keys().add(now);
        put("beta");

        assertThat(rotate().sealed()).isEqualTo(4);

        assertOpens("acme");
        assertOpens("beta");
    }

    @Test
    void forgetsNoKeyThatIsThere() {
        put("acme");

        assertThatThrownBy(() -> rotation().forget())
                .hasMessage(home.resolve("data/secrets-key") + " has all keys of this database, so none is forgotten."
                        + " 'secrets rotate' makes a new one.");
        assertOpens("acme");
    }

    @Test
    void countsWhatALostFileHadSealed() throws IOException {
        put("acme");
        Files.delete(home.resolve("data/secrets-key"));
        make();

        Rotation rotation = rotation().forget();

        assertThat(rotation).extracting(Rotation::sealed, Rotation::lost).containsExactly(0, 2);
        assertThat(keys()).containsExactly(rotation.key());
        put("acme");
        assertOpens("acme");
    }

    @Test
    void forgetsNothingWhereNoNewKeyCanBeKept() throws IOException {
        put("acme");
        Files.delete(home.resolve("data/secrets-key"));
        Files.delete(home.resolve("data"));
        Files.createFile(home.resolve("data"));
        make();

        assertThatThrownBy(() -> rotation().forget()).hasMessageContaining("can't be written");

        assertThat(names.all).hasSize(1);
    }

    @Test
    void sealsTokensAnew() {
        Place place = new Place(new TenantId("acme"), PLUGIN);
        String access = secrets.seal(owner("acme", OAuthStore.ACCESS), "token");
        tokens.put(
                place,
                "oauth",
                new Tokens(
                        access,
                        Optional.of(secrets.seal(owner("acme", OAuthStore.REFRESH), "other")),
                        List.of(),
                        Optional.empty()));

        assertThat(rotate()).extracting(Rotation::sealed, Rotation::lost).containsExactly(2, 0);

        Grant grant = tokens.read(place).orElseThrow().grant();
        assertThat(grant.access()).isNotEqualTo(access);
        assertThat(secrets.open(owner("acme", OAuthStore.ACCESS), grant.access()))
                .isEqualTo("token");
        assertThat(secrets.open(
                        owner("acme", OAuthStore.REFRESH), grant.refresh().orElseThrow()))
                .isEqualTo("other");
    }

    private Rotation rotate() {
        return rotation().rotate();
    }

    private SecretRotation rotation() {
        return new SecretRotation(secrets, store, tokens, Duration.ofHours(1), Clock.fixed(now, ZoneOffset.UTC));
    }

    private List<String> keys() throws IOException {
        return Files.readAllLines(home.resolve("data/secrets-key")).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private void put(String tenant) {
        store.set(
                new TenantId(tenant),
                PLUGIN,
                new Settings(
                        Map.of("plain", 1),
                        Map.of("secret", secrets.seal(owner(tenant, "secret"), "s of " + tenant)),
                        Optional.of(new AuthState(
                                "key",
                                Map.of("apiKey", secrets.seal(owner(tenant, "apiKey"), "k of " + tenant)),
                                Optional.of(Instant.EPOCH)))));
    }

    private void assertOpens(String tenant) {
        Settings settings = store.find(new TenantId(tenant), PLUGIN);
        AuthState auth = settings.auth().orElseThrow();
        FileSecrets again = new FileSecrets(new SecretKeyFile(home), Duration.ZERO);
        assertThat(settings.values()).isEqualTo(Map.of("plain", 1));
        assertThat(again.open(owner(tenant, "secret"), settings.secrets().get("secret")))
                .isEqualTo("s of " + tenant);
        assertThat(again.open(owner(tenant, "apiKey"), auth.credentials().get("apiKey")))
                .isEqualTo("k of " + tenant);
        assertThat(auth.validatedAt()).contains(Instant.EPOCH);
    }

    private static Owner owner(String tenant, String field) {
        return FileSecretsTest.owner(tenant, "reports", field);
    }
}
