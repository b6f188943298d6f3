// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.JsonSchemas;
import dev.mortise.kernel.port.LinePrograms;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.PluginTools;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantValues;
import dev.mortise.mcp.server.AnswerLimit;
import dev.mortise.mcp.server.Roads;
import dev.mortise.mcp.server.ServerClients;
import dev.mortise.mcp.server.ServerLimits;
import dev.mortise.mcp.tool.Tally;
import dev.mortise.mcp.tool.ToolDesk;
import dev.mortise.mcp.tool.ToolLimits;
import dev.mortise.mcp.tool.ToolServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tools of plugins at {@code /mcp}. Until the first client comes it is a few objects: no class of the SDK is loaded. */
@Component(
        service = RouteProvider.class,
        property = {"mortise.core:Boolean=true", "mortise.core.permission="},
        configurationPid = McpConfig.PID)
public final class McpRoutes implements RouteProvider {
    private static final String PATH = "/mcp";

    private final PluginTools plugins;
    private final JsonSchemas schemas;
    private final Health health;
    private final Json json;
    private final McpConfig config;
    private final AtomicReference<@Nullable Tokens> tokens = new AtomicReference<>();
    private final AtomicReference<@Nullable TenantDirectory> tenants = new AtomicReference<>();
    private final AtomicReference<@Nullable RemoteCalls> calls = new AtomicReference<>();
    private final AtomicReference<@Nullable LinePrograms> programs = new AtomicReference<>();
    private final AtomicReference<@Nullable TenantValues> values = new AtomicReference<>();
    private final Sessions sessions;
    private final Listeners listeners;
    private final Tally tally;
    // The monitor guards it.
    private @Nullable Endpoint endpoint;

    private volatile ToolServers speaking = ToolServers.NONE;

    /** Made by DS. */
    @Activate
    public McpRoutes(
            @Reference PluginTools plugins,
            @Reference JsonSchemas schemas,
            @Reference Health health,
            @Reference JsonFactory mappers,
            McpConfig config) {
        this.plugins = plugins;
        this.schemas = schemas;
        this.health = health;
        this.json = mappers.verbatim();
        this.config = config;
        SessionLimits limits = SessionLimits.of(config);
        this.sessions = new Sessions(limits);
        // a container that stops would wait for every stream that is open
        this.listeners = new Listeners(
                limits,
                new Listeners.Around(
                        health::ready,
                        () -> Optional.ofNullable(tenants.get()),
                        () -> Optional.ofNullable(tokens.get())),
                json);
        this.tally = new Tally(sessions::count, listeners::count);
    }

    @Deactivate
    synchronized void deactivate() {
        if (endpoint != null) {
            endpoint.close();
        }
        speaking.close();
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(PATH, this::post), Route.get(PATH, this::get), Route.delete(PATH, this::delete));
    }

    private Response post(Request request) throws IOException {
        return endpoint().post(request);
    }

    private Response get(Request request) {
        return endpoint().get(request);
    }

    private Response delete(Request request) {
        return endpoint().delete(request);
    }

    private synchronized Endpoint endpoint() {
        Endpoint known = endpoint;
        if (known == null) {
            known = made(health.report().version());
            endpoint = known;
        }
        return known;
    }

    private Endpoint made(String version) {
        ServerLimits bounds = new ServerLimits(
                config.servers_max(),
                Duration.ofSeconds(config.servers_idle_seconds()),
                config.servers_threads(),
                Duration.ofSeconds(config.call_seconds()),
                config.tools_each());
        Roads roads = new Roads(
                () -> Optional.ofNullable(calls.get()),
                () -> Optional.ofNullable(programs.get()),
                () -> Optional.ofNullable(values.get()),
                json,
                bounds.patience(),
                AnswerLimit.ofKilobytes(config.servers_answer_max_kb(), tally::tooLong));
        ToolServers servers = new ServerClients(roads, json, version, bounds, this::served);
        ToolDesk desk = new ToolDesk(plugins, servers, json, schemas, limits(), tally);
        Origins origins = Origins.of(config.origins());
        speaking = servers;
        return new Endpoint(desk, new Protocol(desk, version), sessions, listeners, origins, json);
    }

    private boolean served(TenantId tenant, PluginIdentity plugin) {
        return plugins.sources(tenant).stream()
                .anyMatch(source -> source.manifest().identity().equals(plugin));
    }

    private ToolLimits limits() {
        return new ToolLimits(
                Duration.ofSeconds(config.list_seconds()),
                Duration.ofSeconds(config.list_keep_seconds()),
                Duration.ofSeconds(config.list_retry_seconds()),
                config.lists_max(),
                config.tools_each(),
                Duration.ofSeconds(config.call_seconds()));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTokens(Tokens service) {
        tokens.set(service);
    }

    void unbindTokens(Tokens service) {
        tokens.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTenants(TenantDirectory service) {
        tenants.set(service);
    }

    void unbindTenants(TenantDirectory service) {
        tenants.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters meters) {
        tally.use(meters);
    }

    void unbindMeters(Meters meters) {
        tally.leave(meters);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCalls(RemoteCalls service) {
        calls.set(service);
    }

    void unbindCalls(RemoteCalls service) {
        calls.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindValues(TenantValues service) {
        values.set(service);
    }

    void unbindValues(TenantValues service) {
        values.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPrograms(LinePrograms service) {
        programs.set(service);
    }

    void unbindPrograms(LinePrograms service) {
        programs.compareAndSet(service, null);
    }
}
