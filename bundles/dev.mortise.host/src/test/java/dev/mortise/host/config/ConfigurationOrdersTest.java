// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static dev.mortise.host.config.Given.ACME;
import static dev.mortise.host.config.Given.NOW;
import static dev.mortise.host.config.Given.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.tenancy.Policy;
import dev.mortise.kernel.admin.Configurations.Auth;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Configurations.Field;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.testkit.port.MemoryMeters;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationOrdersTest {
    private static final String CANARY = "canary-4711";

    @TempDir
    private Path etc;

    private Given given;

    @BeforeEach
    void make() {
        given = new Given(etc, Map.of("MORTISE_PLUGINS_REPORTS_ENV", "REPORTS_ROUNDS", "REPORTS_ROUNDS", "7"));
    }

    @Test
    void showsWhatHoldsAndWhereItComesFrom() {
        Configuration shown = configure(Map.of("on", false));

        assertThat(shown.config()).isEqualTo(Map.of("on", false));
        assertThat(shown.fields())
                .extracting(Field::name, Field::source)
                .contains(
                        tuple("currency", "default"),
                        tuple("rounds", "env"),
                        tuple("on", "database"),
                        tuple("free", "none"));
    }

    @Test
    void keepsSecretsSealedAndCredentialsApart() {
        Configuration shown = configure(Map.of("pin", 4711, "apiKey", CANARY, "currency", "USD"));

        Settings kept = given.store.find(ACME, REPORTS);
        assertThat(kept.values()).isEqualTo(Map.of("currency", "USD"));
        assertThat(kept.secrets()).containsOnlyKeys("pin");
        assertThat(kept.auth().orElseThrow().credentials()).containsOnlyKeys("apiKey");
        assertThat(kept.toString()).doesNotContain(CANARY).doesNotContain("4711,");
        assertThat(shown.toString()).doesNotContain(CANARY).doesNotContain("4711");
        assertThat(shown.config()).isEqualTo(Map.of("pin", "****", "apiKey", "****", "currency", "USD"));
        assertThat(shown.auth()).contains(new Auth("key", Optional.empty(), Optional.empty()));
    }

    @Test
    void keepsWhatIsSentBackAndDropsWhatIsLeftOut() {
        Configuration shown = configure(Map.of("pin", 4711, "apiKey", CANARY, "currency", "USD"));

        assertThat(configure(shown.config())).isEqualTo(shown);
        assertThat(configure(Map.of()).config()).isEqualTo(Map.of("apiKey", "****"));
        assertThat(given.store.find(ACME, REPORTS).secrets()).isEmpty();
    }

    @Test
    void changesOneSettingFromText() {
        configure(Map.of("pin", 4711, "currency", "USD"));

        assertThat(given.orders
                        .set("acme", "reports", "rounds", Optional.of("3"))
                        .config())
                .isEqualTo(Map.of("pin", "****", "currency", "USD", "rounds", new BigDecimal("3")));
        assertThat(given.orders.set("acme", "reports", "pin", Optional.empty()).config())
                .containsOnlyKeys("currency", "rounds");
        assertThat(refused(() -> given.orders.set("acme", "reports", "rounds", Optional.of("many"))))
                .hasMessageContaining("'/rounds' is a text, but a whole number is expected.");
    }

    @Test
    void changesNothingWhenAnythingIsWrongAndSaysAll() {
        MortiseException refusal = refused(() -> configure(Map.of("rounds", "x", "oops", 1, "currency", "USD")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat((List<?>) refusal.members().get("problems")).hasSize(2);
        assertThat(given.store.find(ACME, REPORTS)).isEqualTo(Settings.NONE);
        assertThat(given.hooks.called).isEmpty();
    }

    @Test
    void tellsThePlugin() {
        configure(Map.of("currency", "USD"));
        configure(Map.of("apiKey", CANARY));
        given.orders.authenticate("acme", "reports", "key", Map.of("apiKey", "other"));

        assertThat(given.hooks.called)
                .containsExactly("configUpdated acme", "configUpdated acme", "connected acme", "connected acme");
    }

    @Test
    void tellsNothingToAPluginThatIsNotEnabledAndLeavesItSo() {
        given = new Given(etc, Map.of(), Policy.NONE);

        configure(Map.of("currency", "USD"));

        assertThat(given.hooks.called).isEmpty();
        assertThat(given.store.enabled(ACME, REPORTS)).contains(false);
    }

    @Test
    void refusesAMethodThatThePluginDoesNotHave() {
        assertThat(refused(() -> given.orders.authenticate("acme", "reports", "oauth", Map.of())))
                .hasMessageContaining("There is no method 'oauth'. There are: key.");
    }

    @Test
    void recordsWhenCredentialsWereFoundGoodUntilTheyChange() {
        configure(Map.of("apiKey", CANARY));

        assertThat(given.orders.validateAuth("acme", "reports")).isEqualTo(AuthVerdict.VALID);
        assertThat(given.orders.find("acme", "reports").auth())
                .contains(new Auth("key", Optional.of(NOW), Optional.empty()));

        configure(Map.of("apiKey", "****"));
        assertThat(given.orders.find("acme", "reports").auth())
                .contains(new Auth("key", Optional.of(NOW), Optional.empty()));
        configure(Map.of("apiKey", "other"));
        assertThat(given.orders.find("acme", "reports").auth())
                .contains(new Auth("key", Optional.empty(), Optional.empty()));
    }

    @Test
    void saysWhatIsWrongWithCredentialsAndNotTheCredentials() {
        configure(Map.of("apiKey", CANARY));
        given.hooks.verdict = CompletableFuture.completedFuture(
                Optional.of(AuthVerdict.invalid("401: key " + CANARY + " is not known.")));

        assertThat(given.orders.validateAuth("acme", "reports"))
                .isEqualTo(AuthVerdict.invalid("401: key **** is not known."));
        assertThat(given.orders.find("acme", "reports").auth())
                .contains(new Auth("key", Optional.empty(), Optional.empty()));
    }

    @Test
    void waitsForAVerdictAsLongAsItMayTake() {
        configure(Map.of("apiKey", CANARY));
        given.hooks.verdict = new CompletableFuture<>();
        assertThat(refused(() -> given.orders.validateAuth("acme", "reports")).code())
                .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        given.hooks.verdict = CompletableFuture.completedFuture(Optional.empty());
        assertThat(refused(() -> given.orders.validateAuth("acme", "reports")))
                .hasMessage("Plugin 'reports' of tenant 'acme' did not judge its credentials in time.");
    }

    @Test
    void refusesToValidateNothing() {
        assertThat(refused(() -> given.orders.validateAuth("acme", "reports")))
                .hasMessage("Tenant 'acme' gave no credentials to plugin 'reports'. Give some first.");
    }

    @Test
    void judgesAgainWhenSomebodyElseWasFaster() {
        configure(Map.of("pin", 4711, "apiKey", CANARY));
        String sealedAnew = "sealed anew";
        given.store.beforeNextPut(() -> {
            Settings now = given.store.find(ACME, REPORTS);
            AuthState auth = now.auth().orElseThrow();
            given.store.set(
                    ACME,
                    REPORTS,
                    new Settings(
                            now.values(),
                            Map.of("pin", sealedAnew),
                            Optional.of(new AuthState("key", Map.of("apiKey", sealedAnew), auth.validatedAt()))));
        });

        configure(Map.of("pin", "****", "apiKey", "****", "currency", "USD"));

        Settings kept = given.store.find(ACME, REPORTS);
        assertThat(kept.values()).isEqualTo(Map.of("currency", "USD"));
        assertThat(kept.secrets()).containsValue(sealedAnew);
        assertThat(kept.auth().orElseThrow().credentials()).containsValue(sealedAnew);
    }

    @Test
    void refusesStarsWhenTheSecretWentMeanwhile() {
        configure(Map.of("pin", 4711));
        given.store.beforeNextPut(() -> given.store.set(ACME, REPORTS, Settings.NONE));

        assertThat(refused(() -> configure(Map.of("pin", "****")))).hasMessageContaining("but none is kept");
        assertThat(given.store.find(ACME, REPORTS)).isEqualTo(Settings.NONE);
    }

    @Test
    void takesNothingOfATenantThatIsBeingDeleted() {
        given.house.tenants.add(new Tenant(ACME, "acme", "Acme", State.DELETING));

        assertThat(refused(() -> configure(Map.of("currency", "USD")))).hasMessage("Tenant 'acme' is being deleted.");
        assertThat(given.store.find(ACME, REPORTS)).isEqualTo(Settings.NONE);
    }

    @Test
    void takesNoMoreThanIsAllowed() {
        MemoryMeters meters = new MemoryMeters();
        given.limit.use(meters);
        assertThat(refused(() -> configure(Map.of("free", "x".repeat(20_000)))).code())
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(() -> configure(Map.of("apiKey", "x".repeat(20_000)))))
                .hasMessageContaining("are allowed (settings.max-kb in etc/host.properties).")
                .hasMessageNotContaining("xx");
        assertThat(given.store.find(ACME, REPORTS)).isEqualTo(Settings.NONE);
        assertThat(meters.all()).containsEntry("mortise.settings.refused{}", 2L);
    }

    @Test
    void tellsThePluginWhatAnotherNodeKept() {
        configure(Map.of("apiKey", CANARY));
        given.hooks.called.clear();
        Place place = new Place(ACME, REPORTS);

        given.orders.keptElsewhere(place, true, false);
        given.orders.keptElsewhere(place, false, true);
        given.store.set(ACME, REPORTS, Settings.NONE);
        given.orders.keptElsewhere(place, false, true);

        assertThat(given.hooks.called).containsExactly("configUpdated acme", "connected acme", "configUpdated acme");
    }

    private Configuration configure(Map<String, ?> values) {
        return given.orders.configure("acme", "reports", values);
    }

    private static MortiseException refused(ThrowingCallable task) {
        return catchThrowableOfType(MortiseException.class, task);
    }
}
