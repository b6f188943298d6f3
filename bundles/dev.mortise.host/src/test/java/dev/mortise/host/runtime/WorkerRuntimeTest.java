// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.config.ConfigSources;
import dev.mortise.host.config.OperatorFiles;
import dev.mortise.host.config.TenantParts;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.tenancy.House;
import dev.mortise.host.tenancy.Policy;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.PluginRuns;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.call.TestJson;
import dev.mortise.testkit.port.MapSettingsStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class WorkerRuntimeTest {
    private static final TenantId ACME = House.ACME;

    @TempDir
    Path etc;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final FakeFleet fleet = new FakeFleet();
    private final MapSettingsStore settings = new MapSettingsStore();
    private final NumberedTokens tokens = new NumberedTokens();
    private final List<RunReport> heard = new CopyOnWriteArrayList<>();
    private final List<String> watched = new CopyOnWriteArrayList<>();
    private Optional<WorkerProcesses> processes = Optional.of(fleet);
    private volatile Optional<PluginRuns> runs = Optional.of(recording(""));
    private Duration credential = Duration.ofHours(1);
    private PluginBuilder email =
            plugin("email").runsAs("worker").offers("email.mails", "1.0.0", "GET /mails", "POST /mails");
    private House house = new House(Policy.ALL);

    WorkerRuntimeTest() {
        fleet.routes.add(new WorkerFleet.Route("GET", "/mails"));
        fleet.routes.add(new WorkerFleet.Route("POST", "/mails"));
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private Running start() {
        return start(Set.of());
    }

    private Running start(Set<String> services) {
        house = house.deploy(email);
        Artifact artifact = new Artifact(
                email.candidate().digest(), etc.resolve("x.jar"), email.manifest(), List.of(), services, List.of());
        return new WorkerRuntime(ports(), limits()).start(artifact, Reach.ALL, heard::add);
    }

    private WorkerPorts ports() {
        ConfigSources sources = new ConfigSources(
                () -> Optional.of(settings),
                Optional::empty,
                Optional::empty,
                TestJson.json(),
                new OperatorFiles(etc, Map.of()),
                1 << 18);
        return new WorkerPorts(
                new RuntimePorts.Platform(Optional::empty, Optional::empty, List::of, Optional::empty, house.tenancy),
                digest -> true,
                timer,
                new WorkerPorts.Others(
                        () -> processes,
                        () -> Optional.of((plugin, instances, streaming, repeatable) -> request -> {
                            throw new IllegalStateException("nobody calls");
                        }),
                        () -> Optional.of(tokens),
                        Optional::empty,
                        () -> runs),
                manifest -> new TenantParts(
                        manifest.id(), manifest.config(), sources, (tenant, stored) -> "token of " + tenant),
                new WorkerPorts.Watch() {
                    @Override
                    public void began(PluginId plugin, WorkerFleet one) {
                        watched.add("began " + plugin);
                    }

                    @Override
                    public void ended(PluginId plugin, WorkerFleet one) {
                        watched.add("ended " + plugin);
                    }
                },
                credential);
    }

    private PluginRuns recording(String where) {
        return plugin -> {
            watched.add("runs " + plugin + where);
            return () -> watched.add("ran " + plugin + where);
        };
    }

    private static RuntimeLimits limits() {
        Duration second = Duration.ofSeconds(1);
        return new RuntimeLimits(
                Duration.ofSeconds(2),
                second,
                second,
                second,
                second,
                new TenantLimits(second, second, second, second, 2, 50));
    }

    private Contribution serving() {
        await().until(() -> !heard.isEmpty() && heard.get(heard.size() - 1) instanceof RunReport.Serving);
        return ((RunReport.Serving) heard.get(heard.size() - 1)).contribution();
    }

    private String failure() {
        await().until(() -> heard.stream().anyMatch(RunReport.Failed.class::isInstance));
        return heard.stream()
                .filter(RunReport.Failed.class::isInstance)
                .map(report -> ((RunReport.Failed) report).problem().message())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void provesAVersionByTheProcessOfOneTenantAndStartsTheOthersWhenTheyCall() {
        start();

        Contribution brought = serving();
        assertThat(brought.location()).isEqualTo("worker");
        assertThat(brought.routes())
                .extracting(route -> route.method() + " " + route.path())
                .containsExactly("GET /mails", "POST /mails");
        assertThat(fleet.events).containsExactly("fleet email 1.0.0", "start acme");

        house.tenancy.enter(
                new TenantId("beta"), new PluginId("email"), email.candidate().digest());
        house.tenancy.enter(
                new TenantId("beta"), new PluginId("email"), email.candidate().digest());
        assertThat(fleet.events).containsExactly("fleet email 1.0.0", "start acme", "start beta");
    }

    @Test
    void startsOneProcessForAllTenantsWhereThatIsAsked() {
        email = email.forAllTenants();

        start();
        serving();

        assertThat(fleet.events).containsExactly("fleet email 1.0.0", "start all");
        assertThat(fleet.running.get("all").tenants()).containsOnlyKeys("acme", "beta", "default");
        assertThat(tokens.orders.get(0).tenant()).isEmpty();
    }

    @Test
    void mountsWhatTheProcessHasBesideWhatIsDeclared() {
        fleet.routes.add(new WorkerFleet.Route("GET", "/more/{id}"));

        start();

        assertThat(serving().routes()).extracting(route -> route.path()).contains("/more/{id}");
    }

    @Test
    void namesADeclaredEndpointThatTheProcessDoesNotHave() {
        fleet.routes.remove(1);

        Running run = start();

        assertThat(failure())
                .isEqualTo(
                        "Plugin 'email' declares endpoints that no route realises: POST /mails of service 'email.mails'.");
        run.retire();
        await().untilAsserted(() -> assertThat(fleet.events).contains("retire"));
    }

    @Test
    void saysWhyTheProcessDidNotStart() {
        fleet.broken = true;
        start();

        assertThat(failure())
                .startsWith("Plugin 'email' did not start as a process:")
                .contains("It answers nothing");
    }

    @Test
    void doesNotWaitForAProcessForEver() {
        fleet.hangs = true;
        start();

        assertThat(failure()).contains("the start of its process took longer than 2 s");
    }

    @Test
    void saysWhichFeatureIsMissing() {
        processes = Optional.empty();
        start();

        assertThat(failure()).isEqualTo("Plugin 'email' is to run as 'worker', and the feature 'process' is not here.");
    }

    @Test
    void refusesMigrationsThatAreCode() {
        start(Set.of("dev.mortise.api.data.MigrationSource"));

        assertThat(failure()).startsWith("Plugin 'email' brings its migrations as a MigrationSource");
        assertThat(fleet.events).isEmpty();
    }

    @Test
    void isDegradedWhileAProcessIsInError() {
        start();
        serving();

        fleet.becomes("acme", RuntimeState.ERROR);
        await().until(() -> serving().degraded().isPresent());
        assertThat(serving().degraded().get().message())
                .isEqualTo("The process 0 of plugin 'email' for tenant 'acme' is in error: It crashed 6 times.");

        fleet.becomes("acme", RuntimeState.READY);
        await().until(() -> serving().degraded().isEmpty());
    }

    @Test
    void givesEachProcessACredentialOfItsOwnAndTakesItBack() {
        Running run = start();
        serving();
        assertThat(tokens.orders)
                .containsExactly(new Tokens.NewToken(
                        "plugin", Optional.of("email"), Optional.of("acme"), Optional.of(Duration.ofHours(1))));
        assertThat(fleet.running.get("acme").credential()).isEqualTo("text-1");

        run.retire().toCompletableFuture().join();

        assertThat(tokens.revoked).containsExactly("1");
        assertThat(watched).containsExactly("runs email 1.0.0", "began email", "ended email", "ran email 1.0.0");
    }

    @Test
    void isRecordedAnewWhereAnotherDatabaseIsUsed() {
        credential = Duration.ofMillis(200);
        Running run = start();
        serving();

        runs = Optional.of(recording(" elsewhere"));
        await().untilAsserted(
                        () -> assertThat(watched).endsWith("ran email 1.0.0", "runs email 1.0.0 elsewhere"));

        run.retire().toCompletableFuture().join();
        assertThat(watched).endsWith("ended email", "ran email 1.0.0 elsewhere");
    }

    @Test
    void replacesCredentialsInTimeAndRevokesThemOnceTheyAreOld() {
        credential = Duration.ofMillis(200);
        Running run = start();
        serving();

        await().untilAsserted(() -> assertThat(fleet.events).contains("renew text-1 text-2", "renew text-1 text-3"));
        await().untilAsserted(() -> assertThat(tokens.revoked).contains("1"));
        run.retire().toCompletableFuture().join();
        await().untilAsserted(() -> assertThat(tokens.revoked).hasSize(tokens.orders.size()));
    }

    @Test
    void tellsProcessesOfTenantsAndAsksThem() {
        start();
        serving();
        var hooks = house.hooksOf("email");

        hooks.configUpdated(ACME).join();
        assertThat(hooks.validateAuth(ACME).join().map(AuthVerdict::valid)).contains(false);
        hooks.disable(ACME).join();

        assertThat(fleet.events).endsWith("update acme {}", "validate acme", "disable acme");
        assertThat(tokens.revoked).containsExactly("1");
    }
}
