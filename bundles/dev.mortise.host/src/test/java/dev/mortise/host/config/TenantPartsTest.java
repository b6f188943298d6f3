// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantPartsTest {
    @TempDir
    Path etc;

    private TenantPart part(Given given) {
        return new TenantParts(Given.REPORTS, Given.SCHEMA, given.sources, (tenant, stored) -> "never asked")
                .of(Given.ACME);
    }

    @Test
    void holdValuesByTheSameOrderAsInTheContainer() throws Exception {
        Files.createDirectories(etc.resolve("plugins"));
        Files.writeString(etc.resolve("plugins").resolve("reports.json"), "{\"site\": \"Bonn\"}");
        Files.writeString(etc.resolve("plugins.properties"), "reports.env = REPORTS_ROUNDS\n");
        Given given = new Given(etc, Map.of("REPORTS_ROUNDS", "3", "REPORTS_ON", "true"));
        given.orders.configure("acme", "reports", Map.of("pin", 17));

        assertThat(part(given).config())
                .containsOnlyKeys("currency", "rounds", "pin", "site")
                .containsEntry("currency", "EUR")
                .containsEntry("site", "Bonn");
        assertThat(part(given).config().get("pin")).hasToString("17");
        assertThat(part(given).config().get("rounds")).hasToString("3");
    }

    @Test
    void holdCredentialsInTheClearAndApart() {
        Given given = new Given(etc, Map.of());
        assertThat(part(given).auth()).isEmpty();

        given.orders.authenticate("acme", "reports", "key", Map.of("apiKey", "k-1"));

        TenantPart part = part(given);
        assertThat(part.config()).doesNotContainKey("apiKey");
        assertThat(part.auth().orElseThrow().methodId()).isEqualTo("key");
        assertThat(part.auth().orElseThrow().credentials()).isEqualTo(Map.of("apiKey", "k-1"));
        assertThat(part.toString()).doesNotContain("k-1");
    }
}
