// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.config.AccessTokens;
import dev.mortise.host.config.ConfigSources;
import dev.mortise.host.config.OperatorFiles;
import dev.mortise.host.config.SettingsLimit;
import dev.mortise.host.config.StoredCredentials;
import dev.mortise.host.config.TenantParts;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.tenancy.House;
import dev.mortise.host.tenancy.Policy;
import dev.mortise.kernel.model.PluginId;
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
import java.util.function.Consumer;

/** A host whose plugin email runs in processes that only take notes. */
final class WorkerHouse implements AutoCloseable {
    final FakeFleet fleet = new FakeFleet();
    final List<WorkerFleet> fleets = new CopyOnWriteArrayList<>(List.of(fleet));
    final NumberedTokens tokens = new NumberedTokens();
    final List<RunReport> heard = new CopyOnWriteArrayList<>();
    final List<String> watched = new CopyOnWriteArrayList<>();
    final List<Consumer<TenantId>> renewed = new CopyOnWriteArrayList<>();
    Optional<WorkerProcesses> processes = Optional.of(fleet);
    volatile Optional<PluginRuns> runs = Optional.of(recording(""));
    Duration credential = Duration.ofHours(1);
    PluginBuilder email = plugin("email").runsAs("worker").offers("email.mails", "1.0.0", "GET /mails", "POST /mails");
    House house = new House(Policy.ALL);

    private final Path etc;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MapSettingsStore settings = new MapSettingsStore();

    WorkerHouse(Path etc) {
        this.etc = etc;
        fleet.routes.add(new WorkerFleet.Route("GET", "/mails"));
        fleet.routes.add(new WorkerFleet.Route("POST", "/mails"));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    Running start() {
        return start(Set.of());
    }

    Running start(Set<String> services) {
        house = house.deploy(email);
        return new WorkerRuntime(ports(), limits()).start(artifact(services), Reach.ALL, heard::add);
    }

    Artifact artifact(Set<String> services) {
        return new Artifact(
                email.candidate().digest(), etc.resolve("x.jar"), email.manifest(), List.of(), services, List.of());
    }

    WorkerPorts ports() {
        ConfigSources sources = new ConfigSources(
                () -> Optional.of(settings),
                Optional::empty,
                Optional::empty,
                TestJson.json(),
                new OperatorFiles(etc, Map.of()),
                new SettingsLimit(1 << 18));
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
                manifest -> new TenantParts(manifest.id(), manifest.config(), sources, new GoodForAll()),
                new WorkerPorts.Watch() {
                    @Override
                    public List<WorkerFleet> fleets(PluginId plugin) {
                        return List.copyOf(fleets);
                    }

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

    PluginRuns recording(String where) {
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
                new TenantLimits(second, second, second, second, 2, 50, Duration.ofMinutes(5), 16));
    }

    Contribution serving() {
        await().until(() -> !heard.isEmpty() && heard.get(heard.size() - 1) instanceof RunReport.Serving);
        return ((RunReport.Serving) heard.get(heard.size() - 1)).contribution();
    }

    String failure() {
        await().until(() -> heard.stream().anyMatch(RunReport.Failed.class::isInstance));
        return heard.stream()
                .filter(RunReport.Failed.class::isInstance)
                .map(report -> ((RunReport.Failed) report).problem().message())
                .findFirst()
                .orElseThrow();
    }

    /** Has a token for everybody, and takes note of who wants to hear of renewals. */
    private final class GoodForAll implements AccessTokens {
        @Override
        public String accessToken(TenantId tenant, StoredCredentials stored) {
            return "token of " + tenant;
        }

        @Override
        public Listening whenRenewed(PluginId plugin, Consumer<TenantId> listener) {
            renewed.add(listener);
            return () -> renewed.remove(listener);
        }
    }
}
