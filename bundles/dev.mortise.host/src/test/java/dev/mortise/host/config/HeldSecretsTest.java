// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.port.SettingsStore.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldSecretsTest {
    private static final String CANARY = "canary-4711";

    @TempDir
    private Path etc;

    /** A plugin signs in with more than its credentials, and other systems quote that too. */
    @Test
    void saysNoSecretThatThePluginHasForTheTenant() {
        Given given = new Given(
                etc,
                Map.of(
                        "MORTISE_PLUGINS_REPORTS_ENV", "REPORTS_PASSPHRASE",
                        "REPORTS_PASSPHRASE", "of-the-host",
                        "MORTISE_PLUGIN_REPORTS_LICENCE", "of-the-operator"));
        ConfigurationOrders orders = given.updated(new ConfigSchema(
                List.of(
                        encrypted("pin", ConfigField.Type.NUMBER, ConfigField.Scope.TENANT),
                        encrypted("account", ConfigField.Type.JSON, ConfigField.Scope.TENANT),
                        encrypted("passphrase", ConfigField.Type.STRING, ConfigField.Scope.TENANT),
                        encrypted("licence", ConfigField.Type.STRING, ConfigField.Scope.CONTAINER),
                        Given.SCHEMA.field("apiKey").orElseThrow()),
                Given.SCHEMA.methods()));
        orders.configure(
                "acme",
                "reports",
                Map.of(
                        "pin",
                        4711,
                        "account",
                        Map.of("user", List.of("root"), "door", "sesame", "on", true),
                        "apiKey",
                        CANARY));
        given.hooks.verdict = CompletableFuture.completedFuture(Optional.of(
                AuthVerdict.invalid("401: it is true that 4711, sesame of root, of-the-host, of-the-operator and "
                        + CANARY + " are old.")));

        assertThat(orders.validateAuth("acme", "reports"))
                .isEqualTo(
                        AuthVerdict.invalid("401: it is true that ****, **** of ****, ****, **** and **** are old."));
    }

    private static ConfigField encrypted(String name, ConfigField.Type type, ConfigField.Scope scope) {
        return new ConfigField(
                name,
                type,
                name,
                "",
                false,
                Optional.empty(),
                Optional.of("REPORTS_" + name.toUpperCase(Locale.ROOT)),
                true,
                scope,
                Limits.NONE);
    }

    /** The plugin asked with those of before. */
    @Test
    void saysNoCredentialThatWasReplacedMeanwhile() {
        Given given = new Given(etc, Map.of());
        given.orders.configure("acme", "reports", Map.of("apiKey", CANARY));
        given.hooks.whenAsked = () -> given.orders.configure("acme", "reports", Map.of("apiKey", "other"));
        given.hooks.verdict = CompletableFuture.completedFuture(
                Optional.of(AuthVerdict.invalid("401: " + CANARY + " or other is not known.")));

        assertThat(given.orders.validateAuth("acme", "reports"))
                .isEqualTo(AuthVerdict.invalid("401: **** or **** is not known."));
    }

    @Test
    void asksThePluginAlsoWhereASecretBesideDoesNotOpen() {
        Given given = new Given(etc, Map.of());
        given.orders.configure("acme", "reports", Map.of("apiKey", CANARY));
        Settings kept = given.store.find(Given.ACME, Given.REPORTS);
        given.store.set(
                Given.ACME, Given.REPORTS, new Settings(kept.values(), Map.of("pin", "sealed by who?"), kept.auth()));
        given.hooks.verdict =
                CompletableFuture.completedFuture(Optional.of(AuthVerdict.invalid("401: " + CANARY + " is old.")));

        assertThat(given.orders.validateAuth("acme", "reports")).isEqualTo(AuthVerdict.invalid("401: **** is old."));
    }
}
