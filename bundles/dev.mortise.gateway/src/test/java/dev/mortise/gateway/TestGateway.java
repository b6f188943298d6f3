// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.gateway.guard.GuardSettings;
import dev.mortise.gateway.guard.RetryBudgets;
import dev.mortise.gateway.registry.Leases;
import dev.mortise.gateway.registry.RegistrySettings;
import dev.mortise.json.openapi.OpenApiReader;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.RefusedExchange;
import dev.mortise.kernel.port.Routing;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.testkit.call.TestJson;
import dev.mortise.testkit.port.MapTenantDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The whole gateway without a framework: what the component wires, with fakes around it. */
final class TestGateway implements AutoCloseable {
    static final GuardSettings GUARDS = Settings.of(TestConfig.defaults()).guards();
    static final RegistrySettings REGISTRY = Settings.of(TestConfig.defaults()).registry();
    static final Settings SETTINGS = settings(REGISTRY);
    static final Clock CLOCK = Clock.fixed(TestPlugin.SINCE.plusSeconds(4), ZoneOffset.UTC);

    final FakeAccess access = new FakeAccess();
    final Neighbours neighbours = new Neighbours();
    final CoreRoutes core;
    final SnapshotRouting routing;
    final SnapshotServices services;
    final SnapshotApis apis;
    final Leases registry;
    final FakeRemote remote = new FakeRemote();
    final LiveSettings live;
    final ServiceOverrides overrides = new ServiceOverrides(TestConfig.of(ServiceOverrides.Config.class, Map.of()));
    final Gate gate;
    final Deadlines deadlines = new Deadlines();
    final BackgroundCalls background;
    private final CheckingGateway gateway;
    private final PluginClients clients;
    final AnswerLimit toolAnswers = AnswerLimit.ofKilobytes(4096);
    final ToolCalls tools;

    TestGateway() {
        this(SETTINGS);
    }

    TestGateway(Settings settings) {
        live = new LiveSettings(settings);
        RepeatedWarnings warnings = new RepeatedWarnings(Duration.ofMinutes(1), System::nanoTime);
        gate = new Gate(settings.guards());
        core = new CoreRoutes(neighbours, TestConfig.of(CoreRoutes.Config.class, Map.of()));
        routing = new SnapshotRouting(
                new Mounting(live, overrides, neighbours, TestJson.factory().exact()), CLOCK, "node-1");
        services = new SnapshotServices(routing, core, overrides, CLOCK);
        registry = new Leases(
                () -> live.get().registry(),
                CLOCK,
                new SnapshotBoard(routing, neighbours, warnings),
                () -> Optional.of(remote),
                () -> Optional.of(remote),
                new PolledHealth(neighbours, live, new RealJson()));
        GatewayGauges.show(neighbours, gate.capacity(), registry);
        neighbours.bindRemote(remote);
        neighbours.bindHopTokens(remote);
        Installed installed = new Installed(neighbours);
        apis = new SnapshotApis(routing::snapshot, overrides, new OpenApiReader(), installed);
        background = new BackgroundCalls(new BackgroundCalls.Bounds(8, 4, 4), deadlines);
        Recorder recorder =
                new Recorder(neighbours, new CallLog(CLOCK, LineLimit.perSecond(5, System::nanoTime)), warnings);
        Means means = new Means(gate, deadlines, recorder, live);
        ServiceResolver resolver = new ServiceResolver(
                CLOCK, new RetryBudgets(() -> live.get().guards().retry()));
        Permissions permissions = new Permissions(neighbours);
        Doorkeeper doorkeeper = new Doorkeeper(neighbours, settings.authOff());
        HealthPage health = new HealthPage(neighbours, doorkeeper, installed);
        gateway = new CheckingGateway(
                routing, new Areas(core, resolver, installed), doorkeeper, permissions, health, means);
        ServiceCalls calls = new ServiceCalls(permissions, installed, means);
        tools = new ToolCalls(routing, permissions, installed, background, means, toolAnswers);
        clients = new PluginClients(
                new PluginClient.Carriers(routing, resolver, calls, background, recorder, installed), new RealJson());
        neighbours.bindAccess(access);
        neighbours.bindTenants(new MapTenantDirectory()
                .add(new Tenant(new TenantId("acme"), "acme-corp", "Acme", false))
                .add(new Tenant(new TenantId("idle"), "idle-inc", "Idle", true)));
    }

    /** Answers the settings of tests, but for those of the registry. */
    static Settings settings(RegistrySettings registry) {
        return new Settings(
                Duration.ofSeconds(30), Duration.ofSeconds(60), 8, 1000, Set.of("site"), GUARDS, registry, false);
    }

    /** Opens the gateway with these plugins. */
    static TestGateway open(TestPlugin... plugins) {
        TestGateway gateway = new TestGateway();
        gateway.routing.open();
        return gateway.put(plugins);
    }

    TestGateway put(TestPlugin... plugins) {
        routing.apply(
                new Routing.Change(Arrays.stream(plugins).map(TestPlugin::entry).toList(), Set.of()));
        return this;
    }

    TestGateway probe(TestPlugin... plugins) {
        routing.probe(Arrays.stream(plugins).map(TestPlugin::entry).toList());
        return this;
    }

    TestGateway remove(String plugin) {
        routing.apply(new Routing.Change(List.of(), Set.of(new PluginId(plugin))));
        return this;
    }

    TestGateway knows(String token, Identity identity) {
        access.tokens.put(token, Authentication.authenticated(identity));
        return this;
    }

    FakeExchange send(FakeExchange exchange) {
        gateway.handle(exchange);
        return exchange;
    }

    void refused(RefusedExchange refused) {
        gateway.refused(refused);
    }

    ServiceClient client(TestPlugin plugin) {
        PluginServices.Scope scope = new PluginServices.Scope(plugin.manifest(), plugin.digest());
        return (ServiceClient) clients.forPlugin(scope).get(0).service();
    }

    /** Calls a service as the plugin does, for Alice. */
    String ask(TestPlugin plugin, String service, String path) throws Exception {
        ServiceClient client = client(plugin);
        return BoundContext.call(
                call(FakeAccess.ALICE),
                () -> client.service(service).get(path).body().text());
    }

    /** Makes the context of a call of the identity for tenant acme. */
    static Call call(Identity identity) {
        return new Call(
                Optional.of(new TenantId("acme")),
                identity,
                Optional.empty(),
                "request-1",
                Optional.empty(),
                System.nanoTime() + Duration.ofSeconds(20).toNanos(),
                0);
    }

    @Override
    public void close() {
        registry.close();
        background.close();
        deadlines.close();
    }

    private static final class RealJson implements JsonFactory {
        @Override
        public Json exact() {
            return TestJson.factory().exact();
        }

        @Override
        public Json strict() {
            return TestJson.json();
        }

        @Override
        public Json lenient() {
            return TestJson.lenient();
        }

        @Override
        public Json verbatim() {
            return TestJson.factory().verbatim();
        }
    }
}
