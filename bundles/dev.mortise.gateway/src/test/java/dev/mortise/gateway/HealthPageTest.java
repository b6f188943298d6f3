// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthPageTest {
    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    /** Says what it was told to say. */
    private record FakeHealth(String status, boolean ready) implements Health {
        @Override
        public Report report() {
            return new Report(
                    status,
                    "1.0.0",
                    "standard",
                    List.of("host", "gateway"),
                    List.of(new PluginLine("inventory", "1.0.0", "READY")),
                    List.of(new CheckLine("database", "UP", "PostgreSQL \"18\"")));
        }
    }

    @Test
    void saysStartingWhileNobodyKnows() {
        assertThat(gateway.send(get("/health")).text()).isEqualTo("{\"status\":\"STARTING\"}");
        assertThat(gateway.send(get("/health")).status()).isEqualTo(200);
        assertThat(gateway.send(get("/health/ready")).status()).isEqualTo(503);
        assertThat(gateway.send(get("/health/live")).text()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void isReadyOnceTheGatewayIsOpenAndTheHostSaysSo() {
        gateway.neighbours.bindHealth(new FakeHealth("UP", true));

        int before = gateway.send(get("/health/ready")).status();
        gateway.routing.open();
        FakeExchange after = gateway.send(get("/health/ready"));

        assertThat(before).isEqualTo(503);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.text()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void isNotReadyUntilTheHostSaysSo() {
        gateway.routing.open();
        gateway.neighbours.bindHealth(new FakeHealth("STARTING", false));

        assertThat(gateway.send(get("/health/ready")).status()).isEqualTo(503);
    }

    @Test
    void tellsTheWordAloneToEverybody() {
        gateway.neighbours.bindHealth(new FakeHealth("DEGRADED", true));

        assertThat(gateway.send(get("/health")).text()).isEqualTo("{\"status\":\"DEGRADED\"}");
        assertThat(gateway.send(get("/health").as("revoked")).text()).isEqualTo("{\"status\":\"DEGRADED\"}");
        assertThat(gateway.send(get("/health").as("revoked")).status()).isEqualTo(200);
    }

    @Test
    void tellsAdministratorsTheWholeReport() {
        gateway.neighbours.bindHealth(new FakeHealth("UP", true));

        assertThat(gateway.send(get("/health").as("admin")).text())
                .isEqualTo(
                        "{\"status\":\"UP\",\"version\":\"1.0.0\",\"edition\":\"standard\","
                                + "\"features\":[\"host\",\"gateway\"],"
                                + "\"plugins\":[{\"id\":\"inventory\",\"version\":\"1.0.0\",\"state\":\"READY\"}],"
                                + "\"checks\":[{\"name\":\"database\",\"status\":\"UP\",\"message\":\"PostgreSQL \\\"18\\\"\"}]}");
    }

    /** The sentences name addresses, and quote what servers say. */
    @Test
    void tellsOthersHowTheChecksStandWithoutTheirSentences() {
        gateway.neighbours.bindHealth(new FakeHealth("UP", true));

        assertThat(gateway.send(get("/health").as("alice")).text())
                .contains("\"version\":\"1.0.0\"", "{\"name\":\"database\",\"status\":\"UP\",\"message\":\"\"}")
                .doesNotContain("PostgreSQL");
    }

    @Test
    void tellsSomebodyOfATenantOnlyWhatThatHas() {
        OpenTenantPlugins plugins = new OpenTenantPlugins();
        plugins.stand("acme", "inventory", Standing.ABSENT);
        gateway.neighbours.bindTenantPlugins(plugins);
        gateway.neighbours.bindHealth(new FakeHealth("UP", true));

        assertThat(gateway.send(get("/health").as("alice")).text()).contains("\"plugins\":[]");
        assertThat(gateway.send(get("/health").as("admin")).text()).contains("\"id\":\"inventory\"");
    }

    @Test
    void answersUnavailableWhenTheContainerIsDown() {
        gateway.neighbours.bindHealth(new FakeHealth("DOWN", false));

        assertThat(gateway.send(get("/health")).status()).isEqualTo(503);
        assertThat(gateway.send(get("/health/live")).status()).isEqualTo(200);
    }

    @Test
    void takesNothingButLookingAtIt() {
        assertThat(gateway.send(FakeExchange.of("POST", "/health")).status()).isEqualTo(405);
        assertThat(gateway.send(FakeExchange.of("HEAD", "/health")).status()).isEqualTo(200);
        assertThat(gateway.send(FakeExchange.of("OPTIONS", "/health")).field("Allow"))
                .isEqualTo("GET, HEAD, OPTIONS");
    }
}
