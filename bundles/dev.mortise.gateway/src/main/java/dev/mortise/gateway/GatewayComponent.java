// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.gateway.guard.RetryBudgets;
import dev.mortise.gateway.registry.Leases;
import dev.mortise.kernel.admin.PluginApis;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.admin.Services;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.port.ApiDocumentReader;
import dev.mortise.kernel.port.Forwarding;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginFiles;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.PluginTools;
import dev.mortise.kernel.port.RefusedExchange;
import dev.mortise.kernel.port.RemoteInstances;
import dev.mortise.kernel.port.Routing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway as one service with its faces, over one snapshot: the host writes it, the listener and the plugins
 * call through it, the admin surfaces read it. It stays for as long as the container does.
 */
@Component(
        immediate = true,
        service = {
            HttpGateway.class,
            Routing.class,
            PluginServices.class,
            Services.class,
            Registry.class,
            PluginApis.class,
            Forwarding.class,
            PluginTools.class
        },
        property = "mortise.platform=gateway",
        configurationPid = {GatewayConfig.PID, GatewayConfig.HTTP_PID})
public final class GatewayComponent
        implements HttpGateway, Routing, PluginServices, Services, Registry, PluginApis, Forwarding, PluginTools {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayComponent.class);

    private final SnapshotRouting routing;
    private final LiveSettings live;
    private final Gate gate;
    private final LineLimit refusedLines;
    private final RepeatedWarnings warnings;
    private final AnswerLimit toolAnswers;
    private final HttpGateway gateway;
    private final PluginServices clients;
    private final Services services;
    private final Leases registry;
    private final PluginApis apis;
    private final Forwarding forwarding;
    private final PluginTools tools;
    private final Deadlines deadlines;
    private final BackgroundCalls background;
    private final CallLog log;

    /** Made by DS. */
    @Activate
    public GatewayComponent(
            @Reference JsonFactory mappers,
            @Reference Neighbours neighbours,
            @Reference CoreRoutes core,
            @Reference ServiceOverrides overrides,
            @Reference ApiDocumentReader documents,
            GatewayConfig config) {
        Settings settings = Settings.of(config);
        live = new LiveSettings(settings);
        gate = new Gate(settings.guards());
        refusedLines = LineLimit.perSecond(config.refused_lines_per_second(), System::nanoTime);
        warnings = new RepeatedWarnings(Duration.ofSeconds(config.repeated_warnings_seconds()), System::nanoTime);
        toolAnswers = AnswerLimit.ofKilobytes(config.tools_answer_max_kb());
        Clock clock = Clock.systemUTC();
        Installed installed = new Installed(neighbours);
        RetryBudgets budgets = new RetryBudgets(() -> live.get().guards().retry());
        ServiceResolver resolver = new ServiceResolver(clock, budgets);
        Permissions permissions = new Permissions(neighbours);
        Doorkeeper doorkeeper = new Doorkeeper(neighbours, settings.authOff());
        routing = new SnapshotRouting(
                new Mounting(live, overrides, neighbours, mappers.exact()), clock, NodeId.of(config.mortise_home()));
        services = new SnapshotServices(routing, core, overrides, clock);
        registry = leases(neighbours, clock, new PolledHealth(neighbours, live, mappers));
        GatewayGauges.show(neighbours, gate.capacity(), registry);
        apis = new SnapshotApis(routing::snapshot, overrides, documents, installed);
        forwarding = new FleetForwarding(neighbours, budgets, warnings);
        deadlines = new Deadlines();
        log = new CallLog(clock, refusedLines);
        Recorder recorder = new Recorder(neighbours, log, warnings);
        Means means = new Means(gate, deadlines, recorder, live);
        background = new BackgroundCalls(BackgroundCalls.Bounds.of(config), deadlines);
        gateway = new CheckingGateway(
                routing,
                new Areas(core, resolver, installed),
                doorkeeper,
                permissions,
                new HealthPage(neighbours, doorkeeper, installed),
                means);
        ServiceCalls calls = new ServiceCalls(permissions, installed, means);
        clients = new PluginClients(
                new PluginClient.Carriers(routing, resolver, calls, background, recorder, installed), mappers);
        tools = new ToolCalls(routing, permissions, installed, background, means, toolAnswers);
        tellOfAuth(config, settings.authOff());
    }

    private Leases leases(Neighbours neighbours, Clock clock, PolledHealth health) {
        return new Leases(
                () -> live.get().registry(),
                clock,
                new SnapshotBoard(routing, neighbours, warnings),
                () -> Optional.ofNullable(neighbours.remote()),
                () -> Optional.ofNullable(neighbours.hopTokens()),
                health);
    }

    private static void tellOfAuth(GatewayConfig config, boolean off) {
        if (off) {
            LOG.warn("auth = off: whoever reaches the loopback address may do everything");
        } else if (config.auth().equals("off")) {
            LOG.error(
                    "auth = off is ignored: it is taken only while the listener is bound to a loopback address, not to"
                            + " '{}'. Set auth = on, or http's host to 127.0.0.1",
                    config.host());
        }
    }

    /** Judges the next call by other numbers; what is mounted, counted or under way stays as it is. */
    @Modified
    void modified(GatewayConfig config) {
        try {
            Settings next = Settings.of(config).after(live.get());
            toolAnswers.bound(config.tools_answer_max_kb());
            live.set(next);
            gate.use(next.guards());
            refusedLines.bound(config.refused_lines_per_second());
            warnings.pause(Duration.ofSeconds(config.repeated_warnings_seconds()));
        } catch (IllegalArgumentException e) {
            LOG.error("{} The gateway's settings stay as they were", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        registry.close();
        background.close();
        deadlines.close();
        log.close();
        warnings.close();
    }

    @Override
    public void handle(HttpExchange exchange) {
        gateway.handle(exchange);
    }

    @Override
    public void refused(RefusedExchange refused) {
        gateway.refused(refused);
    }

    @Override
    public void closing() {
        routing.endStreams();
    }

    @Override
    public void open() {
        routing.open();
    }

    @Override
    public String node() {
        return routing.node();
    }

    @Override
    public void probe(List<Entry> candidates) {
        routing.probe(candidates);
    }

    @Override
    public void apply(Change change) {
        routing.apply(change);
    }

    @Override
    public CompletionStage<Void> drained(PluginIdentity plugin) {
        return routing.drained(plugin);
    }

    @Override
    public Map<ServiceName, HeldService> heldElsewhere() {
        return routing.heldElsewhere();
    }

    @Override
    public void whenHeldElsewhere(Runnable listener) {
        routing.whenHeldElsewhere(listener);
    }

    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        return clients.forPlugin(scope);
    }

    @Override
    public Registered register(Registration order) {
        return registry.register(order);
    }

    @Override
    public Outcome heartbeat(Claim claim) {
        return registry.heartbeat(claim);
    }

    @Override
    public Outcome setHealth(Claim claim, ServiceHealth health) {
        return registry.setHealth(claim, health);
    }

    @Override
    public Outcome deregister(Claim claim) {
        return registry.deregister(claim);
    }

    @Override
    public List<Instance> list() {
        return services.list();
    }

    @Override
    public List<Instance> discover(String serviceName, Optional<String> range) {
        return services.discover(serviceName, range);
    }

    @Override
    public List<RouteLine> routes() {
        return services.routes();
    }

    @Override
    public Apis serving(Optional<TenantId> tenant) {
        return apis.serving(tenant);
    }

    @Override
    public List<String> warnings(PluginManifest plugin, PluginFiles files, List<Route> routes) {
        return apis.warnings(plugin, files, routes);
    }

    @Override
    public Handler to(PluginId plugin, RemoteInstances instances, boolean streaming, boolean repeatable) {
        return forwarding.to(plugin, instances, streaming, repeatable);
    }

    @Override
    public List<Source> sources(TenantId tenant) {
        return tools.sources(tenant);
    }

    @Override
    public boolean may(Call caller, PluginId plugin, Set<String> permissions) {
        return tools.may(caller, plugin, permissions);
    }

    @Override
    public CompletionStage<Response> ask(Call call, PluginId plugin, Question question) {
        return tools.ask(call, plugin, question);
    }
}
