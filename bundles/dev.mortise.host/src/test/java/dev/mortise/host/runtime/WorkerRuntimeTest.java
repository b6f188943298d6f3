// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.tenancy.NotedHooks;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerFleet;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class WorkerRuntimeTest {
    @TempDir
    Path etc;

    private WorkerHouse here;

    @BeforeEach
    void open() {
        here = new WorkerHouse(etc);
    }

    @AfterEach
    void close() {
        here.close();
    }

    @Test
    void provesAVersionByTheProcessOfOneTenantAndStartsTheOthersWhenTheyCall() {
        here.start();

        Contribution brought = here.serving();
        assertThat(brought.location()).isEqualTo("worker");
        assertThat(brought.routes())
                .extracting(route -> route.method() + " " + route.path())
                .containsExactly("GET /mails", "POST /mails");
        assertThat(here.fleet.events).containsExactly("fleet email 1.0.0", "start acme");

        here.house.tenancy.enter(
                new TenantId("beta"),
                new PluginId("email"),
                here.email.candidate().digest());
        here.house.tenancy.enter(
                new TenantId("beta"),
                new PluginId("email"),
                here.email.candidate().digest());
        assertThat(here.fleet.events).containsExactly("fleet email 1.0.0", "start acme", "start beta");
    }

    @Test
    void startsOneForEachTenantThatHasOneOfTheVersionBefore() {
        FakeFleet going = new FakeFleet();
        going.becomes("acme", RuntimeState.READY);
        going.becomes("beta", RuntimeState.READY);
        going.becomes("gamma", RuntimeState.STOPPED);
        here.fleets.add(going);

        here.start();
        here.serving();

        assertThat(here.fleet.events).containsExactly("fleet email 1.0.0", "start acme", "start beta");
        assertThat(going.events).isEmpty();
    }

    @Test
    void startsOneForEachTenantThatCalledItInTheContainerLately() {
        PluginId plugin = new PluginId("email");
        Digest digest = here.email.candidate().digest();
        var unused = here.house.tenancy.began(plugin, digest, new NotedHooks()).start(new TenantId("default"));
        here.house.tenancy.enter(new TenantId("beta"), plugin, digest);

        here.start();
        here.serving();

        assertThat(here.fleet.events).containsExactly("fleet email 1.0.0", "start acme", "start beta");
    }

    @Test
    void startsOneProcessForAllTenantsWhereThatIsAsked() {
        here.email = here.email.forAllTenants();

        here.start();
        here.serving();

        assertThat(here.fleet.events).containsExactly("fleet email 1.0.0", "start all");
        assertThat(here.fleet.running.get("all").tenants()).containsOnlyKeys("acme", "beta", "default");
        assertThat(here.tokens.orders.get(0).tenant()).isEmpty();
    }

    @Test
    void aProcessForAllTenantsHearsOfOneThatDisablesItWithoutEverHavingCalled() {
        here.email = here.email.forAllTenants();
        here.start();
        here.serving();

        here.house.orders.disable("beta", "email", false);

        assertThat(here.fleet.events).contains("disable beta");
    }

    @Test
    void mountsWhatTheProcessHasBesideWhatIsDeclared() {
        here.fleet.routes.add(new WorkerFleet.Route("GET", "/more/{id}"));

        here.start();

        assertThat(here.serving().routes()).extracting(route -> route.path()).contains("/more/{id}");
    }

    @Test
    void namesADeclaredEndpointThatTheProcessDoesNotHave() {
        here.fleet.routes.remove(1);

        Running run = here.start();

        assertThat(here.failure())
                .isEqualTo(
                        "Plugin 'email' declares endpoints that no route realises: POST /mails of service 'email.mails'.");
        run.retire();
        await().untilAsserted(() -> assertThat(here.fleet.events).contains("retire"));
    }

    @Test
    void saysWhyTheProcessDidNotStart() {
        here.fleet.broken = Optional.of("It answers nothing at /metadata.");
        here.start();

        assertThat(here.failure())
                .isEqualTo("Plugin 'email' did not start as a process: It answers nothing at /metadata.");
    }

    @Test
    void saysItOnceOfAProcessThatDidNotStart() {
        String sentence = "Plugin 'email' does not run in a process of its own: It is not ready yet.";
        here.fleet.broken = Optional.of(sentence);
        here.start();

        assertThat(here.failure()).isEqualTo(sentence);
    }

    @Test
    void doesNotWaitForAProcessForEver() {
        here.fleet.hangs = true;
        here.start();

        assertThat(here.failure()).contains("the start of its process took longer than 2 s");
    }

    @Test
    void saysWhichFeatureIsMissing() {
        here.processes = Optional.empty();
        here.start();

        assertThat(here.failure())
                .isEqualTo("Plugin 'email' is to run as 'worker', and the feature 'process' is not here.");
    }

    @Test
    void refusesMigrationsThatAreCode() {
        here.start(Set.of("dev.mortise.api.data.MigrationSource"));

        assertThat(here.failure()).startsWith("Plugin 'email' brings its migrations as a MigrationSource");
        assertThat(here.fleet.events).isEmpty();
    }

    @Test
    void isDegradedWhileAProcessIsInError() {
        here.start();
        here.serving();

        here.fleet.becomes("acme", RuntimeState.ERROR);
        await().until(() -> here.serving().degraded().isPresent());
        assertThat(here.serving().degraded().get().message())
                .isEqualTo("The process 0 of plugin 'email' for tenant 'acme' is in error: It crashed 6 times.");

        here.fleet.becomes("acme", RuntimeState.READY);
        await().until(() -> here.serving().degraded().isEmpty());
    }
}
