// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static dev.mortise.host.config.Given.ACME;
import static dev.mortise.host.config.Given.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.port.SettingsStore.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that are secrets in one version of a plugin and none in the next, and back. */
class FormerSecretsTest {
    @TempDir
    private Path etc;

    private Given given;
    private ConfigurationOrders next;

    @BeforeEach
    void update() {
        given = new Given(etc, Map.of());
        given.orders.configure("acme", "reports", Map.of("pin", 4711, "apiKey", "canary", "currency", "USD"));
        next = given.updated(plain());
    }

    @Test
    void staySealedUntilTheyAreGivenAnew() {
        Configuration shown = next.find("acme", "reports");
        assertThat(shown.config()).isEqualTo(Map.of("pin", "****", "apiKey", "****", "currency", "USD"));

        assertThat(next.configure("acme", "reports", shown.config()).config()).isEqualTo(shown.config());
        assertThat(next.set("acme", "reports", "currency", Optional.of("CHF")).config())
                .containsEntry("pin", "****")
                .containsEntry("apiKey", "****");

        Settings kept = given.store.find(ACME, REPORTS);
        assertThat(kept.secrets()).containsOnlyKeys("pin", "apiKey");
        assertThat(kept.values()).isEqualTo(Map.of("currency", "CHF"));
    }

    @Test
    void comeBackAsTheyWere() {
        next.configure("acme", "reports", Map.of("pin", "****", "apiKey", "****"));

        given.orders.configure("acme", "reports", Map.of("pin", "****", "apiKey", "****"));

        Settings kept = given.store.find(ACME, REPORTS);
        assertThat(new ConfigReader(given.sources, REPORTS, Given.SCHEMA)
                        .ofTenant(ACME, field("pin"))
                        .toString())
                .contains("4711");
        assertThat(kept.auth().orElseThrow().credentials()).containsOnlyKeys("apiKey");
    }

    @Test
    void areReplacedByWhatIsGivenAnew() {
        assertThat(next.configure("acme", "reports", Map.of("pin", 5, "apiKey", "new"))
                        .config())
                .isEqualTo(Map.of("pin", 5, "apiKey", "new"));
        assertThat(next.configure("acme", "reports", Map.of()).config()).isEmpty();
    }

    private static ConfigField field(String name) {
        return Given.SCHEMA.field(name).orElseThrow();
    }

    private static ConfigSchema plain() {
        return new ConfigSchema(
                Given.SCHEMA.fields().stream()
                        .map(field -> Given.with(field, false, field.scope()))
                        .toList(),
                List.of());
    }
}
