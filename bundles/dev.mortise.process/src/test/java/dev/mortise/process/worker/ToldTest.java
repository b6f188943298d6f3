// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.model.RuntimeDeclaration.Scope;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.process.worker.WorkerSettings.OfPlugin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldTest {
    private static final TenantPart GOOD =
            new TenantPart(Map.of("currency", "CHF"), Optional.of(new Auth("api-key", Map.of("key", "good"))));

    @TempDir
    Path home;

    private final TestSettings settings = new TestSettings();
    private House house;

    private House house() {
        house = new House(home, settings);
        return house;
    }

    @AfterEach
    void close() {
        house.close();
        assertThat(house.supplies.out).isEmpty();
    }

    private List<?> lines(WorkerFleet fleet) throws Exception {
        return (List<?>) house.tell(fleet, "acme").get("lines");
    }

    @Test
    void tellsNewSettingsByLineAndByCall() throws Exception {
        WorkerFleet fleet = house().node("");
        house.tell(fleet, "acme");

        fleet.update("acme", GOOD).get(30, TimeUnit.SECONDS);
        fleet.update("nobody", GOOD).get(30, TimeUnit.SECONDS);

        await().until(() -> lines(fleet).size() == 2);
        assertThat(lines(fleet).get(1))
                .isEqualTo(Map.of(
                        "tenants",
                        Map.of(
                                "acme",
                                Map.of(
                                        "config",
                                        Map.of("currency", "CHF"),
                                        "auth",
                                        Map.of("methodId", "api-key", "credentials", Map.of("key", "good"))))));
        Map<?, ?> heard = heard(fleet, "POST /config-update");
        assertThat(heard.get("body")).isEqualTo("{\"tenant\":\"acme\",\"config\":{\"currency\":\"CHF\"}}");
        assertThat((Map<?, ?>) heard.get("headers")).satisfies(headers -> {
            assertThat(headers.get("x-mortise-tenant")).isEqualTo("acme");
            assertThat(headers.get("x-mortise-token").toString().split("\\.")).hasSize(3);
        });
    }

    @Test
    void tellsCredentialsThatWereGivenFromThoseThatWereRenewed() throws Exception {
        WorkerFleet fleet = house().node("");
        house.tell(fleet, "acme");

        fleet.connected("acme", GOOD).get(30, TimeUnit.SECONDS);
        fleet.update("acme", GOOD).get(30, TimeUnit.SECONDS);

        await().until(() -> lines(fleet).size() == 3);
        assertThat(lines(fleet).get(1).toString()).contains("key=good", "connected=true");
        assertThat(lines(fleet).get(2).toString()).contains("key=good").doesNotContain("connected");
        assertThat(heard(fleet, "POST /config-update")).isNotNull();
    }

    private Map<?, ?> heard(WorkerFleet fleet, String name) throws Exception {
        return (Map<?, ?>) ((List<?>) house.tell(fleet, "acme").get("heard"))
                .stream()
                        .filter(one -> ((Map<?, ?>) one).get("name").equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void tellsNewSettingsToOneThatStarts() throws Exception {
        WorkerFleet fleet = house().node("");
        var start = fleet.start(Optional.of("acme"));

        fleet.update("acme", GOOD).get(30, TimeUnit.SECONDS);

        assertThat(start).isDone();
        await().until(() -> lines(fleet).size() == 2);
    }

    @Test
    void asksAboutCredentials() throws Exception {
        WorkerFleet fleet = house().node("");

        assertThat(fleet.validateAuth("acme", GOOD).get(30, TimeUnit.SECONDS))
                .contains(new AuthVerdict(true, Optional.of("key")));
        TenantPart bad = new TenantPart(Map.of(), Optional.of(new Auth("api-key", Map.of("key", "bad"))));
        assertThat(fleet.validateAuth("acme", bad).get(30, TimeUnit.SECONDS))
                .contains(new AuthVerdict(false, Optional.of("key")));
        TenantPart none = new TenantPart(Map.of(), Optional.empty());
        assertThat(fleet.validateAuth("acme", none).get(30, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void tellsOneOfAllTenantsWhoDisabledItAndLetsItRun() throws Exception {
        WorkerFleet fleet = house().node(House.runtime(Scope.CONTAINER, 1, "node", "worker.js"));
        Object pid = house.tell(fleet, "acme").get("pid");

        fleet.disable("acme").get(30, TimeUnit.SECONDS);

        assertThat(heard(fleet, "POST /disable").get("body")).isEqualTo("{\"tenant\":\"acme\"}");
        assertThat(house.tell(fleet, "acme").get("pid")).isEqualTo(pid);
    }

    @Test
    void putsSecretsIntoTheEnvironmentWhereTheOperatorAllowsIt() throws Exception {
        settings.plugins = Map.of("shop", new OfPlugin(Set.of("*"), true, null));
        WorkerFleet fleet = house().node("");

        Map<?, ?> env = (Map<?, ?>) house.tell(fleet, "acme").get("env");

        assertThat(env.get("MORTISE_TENANT_AUTH"))
                .isEqualTo("{\"methodId\":\"api-key\",\"credentials\":{\"key\":\"s3cret\"}}");
        assertThat(env.get("MORTISE_TENANT_CONFIG").toString()).contains("\"currency\":\"EUR\"");
        assertThat(env.get("PATH")).isEqualTo(TestSettings.PATH);
    }
}
