// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static dev.mortise.host.config.Given.ACME;
import static dev.mortise.host.config.Given.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.services.OwnWork;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.port.SettingsStore.Settings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginValuesTest {
    @TempDir
    private Path etc;

    /** A value of type json. */
    record Free(List<Integer> a) {}

    @Test
    void readsTheTenantsValues() throws Exception {
        Given given = new Given(etc, Map.of());
        given.orders.configure(
                "acme",
                "reports",
                Map.of("currency", "USD", "rounds", 3, "on", false, "free", Map.of("a", List.of(1)), "apiKey", "k"));
        PluginValues values = given.values();

        assertThat(forAcme(() -> values.text("currency"))).isEqualTo("USD");
        assertThat(forAcme(() -> values.number("rounds"))).isEqualTo(new BigDecimal("3"));
        assertThat(forAcme(() -> values.flag("on"))).isFalse();
        assertThat(forAcme(() -> values.json("free", Free.class))).isEqualTo(new Free(List.of(1)));
        assertThat(forAcme(() -> given.credentials().get("apiKey"))).isEqualTo("k");
        assertThat(forAcme(() -> given.credentials().methodId())).contains("key");
    }

    @Test
    void readsSecretsThatAreNoCredentials() throws Exception {
        Given given = new Given(etc, Map.of());
        given.orders.configure("acme", "reports", Map.of("pin", 4711));

        assertThat(forAcme(() -> given.values().number("pin"))).isEqualTo(new BigDecimal("4711"));
    }

    @Test
    void readsAnewWhatAnotherNodeSealedAnew() throws Exception {
        Given given = new Given(etc, Map.of());
        given.orders.configure("acme", "reports", Map.of("pin", 4711));
        Settings old = new Settings(Map.of(), Map.of("pin", "sealed with a key that is gone"), Optional.empty());
        given.store.remember(ACME, REPORTS, old);

        assertThat(forAcme(() -> given.values().number("pin"))).isEqualTo(new BigDecimal("4711"));
        given.store.set(ACME, REPORTS, old);
        assertThatThrownBy(() -> forAcme(() -> given.values().number("pin"))).hasMessageContaining("does not open");
    }

    @Test
    void fallsBackToWhatTheOperatorAllowsAndToTheDefault() throws Exception {
        Files.writeString(etc.resolve("plugins.properties"), "reports.env = REPORTS_ROUNDS, OTHER\n");
        Given given = new Given(etc, Map.of("REPORTS_ROUNDS", "7", "REPORTS_ON", "true"));

        assertThat(forAcme(() -> given.values().text("currency"))).isEqualTo("EUR");
        assertThat(forAcme(() -> given.values().number("rounds"))).isEqualTo(new BigDecimal("7"));
        assertThat(forAcme(() -> given.values().findFlag("on"))).isEmpty();
        assertThat(forAcme(() -> given.credentials().find("apiKey"))).isEmpty();
    }

    /** What processes of the plugin may have by the same line. */
    @Test
    void mayHaveAllVariablesButThoseWithNamesOfSecrets() throws Exception {
        Files.writeString(etc.resolve("plugins.properties"), "reports.env = *\n");
        Given given = new Given(etc, Map.of("REPORTS_ROUNDS", "7", "REPORTS_SECRETS", "9"));

        assertThat(forAcme(() -> given.values().number("rounds"))).isEqualTo(new BigDecimal("7"));
        assertThat(given.sources.files().variable(REPORTS, "REPORTS_SECRETS")).isEmpty();

        Files.writeString(etc.resolve("plugins.properties"), "reports.env = OTHER REPORTS_SECRETS REPORTS_ROUNDS\n");
        assertThat(forAcme(() -> given.values().number("rounds"))).isEqualTo(new BigDecimal("7"));
        assertThat(given.sources.files().variable(REPORTS, "REPORTS_SECRETS")).contains("9");
    }

    @Test
    void readsValuesOfTheContainerWithoutTenant() throws IOException {
        Given given = new Given(etc, Map.of());
        assertThat(given.values().findText("site")).isEmpty();

        Files.createDirectories(etc.resolve("plugins"));
        Files.writeString(etc.resolve("plugins/reports.json"), "{\"site\": \"north\"}");
        assertThat(given.values().text("site")).isEqualTo("north");
        assertThat(new Given(etc, Map.of("MORTISE_PLUGIN_REPORTS_SITE", "south"))
                        .values()
                        .text("site"))
                .isEqualTo("south");

        Files.writeString(etc.resolve("plugins/reports.json"), "[\"canary\"]");
        refused(
                () -> new Given(etc, Map.of()).values().text("site"),
                ErrorCode.PLUGIN_NOT_READY,
                "Plugin 'reports' lacks a setting. etc/plugins/reports.json: It is no JSON object. Nothing of it holds until"
                        + " it is mended.");
    }

    @Test
    void namesAFileOfTheContainerThatCannotBeRead() throws IOException {
        Given given = new Given(etc, Map.of());
        Files.createDirectories(etc.resolve("plugins/reports.json"));

        refused(
                () -> given.values().text("site"),
                ErrorCode.PLUGIN_NOT_READY,
                "Plugin 'reports' lacks a setting. etc/plugins/reports.json: It can't be read. Nothing of it holds until it is"
                        + " mended.");
    }

    @Test
    void refusesValuesOfATenantWhereThereIsNone() {
        Given given = new Given(etc, Map.of());

        refused(
                () -> given.values().text("currency"),
                ErrorCode.NO_CONTEXT,
                "PluginConfig of plugin 'reports' was used");
        refused(() -> given.credentials().methodId(), ErrorCode.NO_CONTEXT, "Credentials of plugin 'reports' was used");
    }

    @Test
    void namesWhatIsMissing() {
        Given given = new Given(etc, Map.of());

        refused(
                () -> forAcme(() -> given.values().number("rounds")),
                ErrorCode.PLUGIN_NOT_READY,
                "Plugin 'reports' lacks a setting for tenant 'acme'. 'rounds' (rounds) is required and has no value.");
        refused(
                () -> forAcme(() -> given.credentials().get("apiKey")),
                ErrorCode.PLUGIN_NOT_READY,
                "Plugin 'reports' has no credential 'apiKey' for tenant 'acme'. Give it one.");
    }

    @Test
    void refusesFieldsThatAreNotDeclaredOrOfAnotherType() {
        Given given = new Given(etc, Map.of());

        assertThatThrownBy(() -> given.values().text("oops"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("declares no field 'oops'");
        assertThatThrownBy(() -> given.values().text("rounds"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Field 'rounds' of plugin 'reports' is of type integer. Use the method for that.");
    }

    private static <T> T forAcme(Callable<T> task) throws Exception {
        return BoundContext.call(OwnWork.of(REPORTS, ACME, Duration.ofSeconds(30)), task);
    }

    private static void refused(ThrowingCallable task, ErrorCode code, String sentence) {
        assertThatThrownBy(task)
                .isInstanceOfSatisfying(MortiseException.class, e -> assertThat(Optional.of(e.code()))
                        .contains(code))
                .hasMessageContaining(sentence);
    }
}
