// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.admin.Registry.Claim;
import dev.mortise.kernel.admin.Registry.Outcome;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What registered instances say of themselves: that they are there, how they are, and that they go. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.permission="})
public final class LeaseRoutes implements RouteProvider {
    private static final String LEASE = "leaseToken";
    private static final String STATUS = "status";
    private static final List<String> STATES =
            Arrays.stream(ServiceHealth.values()).map(Enum::name).toList();

    private final Registry registry;
    private final Json json;

    /** Made by DS. */
    @Activate
    public LeaseRoutes(@Reference Registry registry, @Reference JsonFactory mappers) {
        this.registry = registry;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/services/heartbeat", request -> answer(registry.heartbeat(claim(request)))),
                Route.delete("/api/v1/services/deregister", request -> answer(registry.deregister(claim(request)))),
                Route.put("/api/v1/services/{id}/health", this::health));
    }

    private Response health(Request request) throws IOException {
        Speaker speaker = Speaker.of(request);
        Fields fields = Fields.of(request, json, STATUS, LEASE);
        Optional<String> status = fields.text(STATUS, STATES::contains, "one of " + String.join(", ", STATES));
        if (!fields.has(STATUS)) {
            fields.missing(STATUS, "It says how the instance is.");
        }
        Optional<String> lease = lease(fields, speaker);
        fields.check();
        Claim claim = new Claim(
                speaker.plugin(), Optional.of(request.pathParameter("id")), Optional.empty(), Optional.empty(), lease);
        return answer(registry.setHealth(claim, ServiceHealth.valueOf(status.orElseThrow())));
    }

    private Claim claim(Request request) throws IOException {
        Speaker speaker = Speaker.of(request);
        Fields fields = Fields.of(request, json, "serviceId", "pluginId", "serviceName", LEASE);
        Optional<String> id = fields.text("serviceId");
        Optional<String> plugin = fields.text("pluginId", PluginId::valid, "a plugin id such as inventory");
        Optional<String> service =
                fields.text("serviceName", ServiceName::valid, "a service name such as inventory.products");
        named(fields, speaker);
        Optional<String> lease = lease(fields, speaker);
        fields.check();
        Optional<String> owner = speaker.speaksFor(plugin);
        return new Claim(speaker.plugin(), id, id.isPresent() ? Optional.empty() : owner, service, lease);
    }

    private static void named(Fields fields, Speaker speaker) {
        boolean byId = fields.has("serviceId");
        boolean byName = fields.has("serviceName");
        if (byId == byName || (byId && fields.has("pluginId"))) {
            fields.problem(
                    "", "'serviceId' names an instance, or else 'pluginId' and 'serviceName' do.", "Name it one way.");
        } else if (byName && !fields.has("pluginId") && speaker.plugin().isEmpty()) {
            fields.missing("pluginId", "An administrator speaks for any plugin.");
        }
    }

    private static Optional<String> lease(Fields fields, Speaker speaker) {
        if (!fields.has(LEASE) && speaker.plugin().isPresent()) {
            fields.missing(LEASE, "The answer to the registration holds it as /lease/token.");
        }
        return fields.text(LEASE);
    }

    private Response answer(Outcome outcome) {
        if (outcome instanceof Outcome.Not not) {
            throw new MortiseException(not.refused().code(), not.refused().detail());
        }
        return json.ok(Map.of(STATUS, ((Outcome.Done) outcome).health()));
    }
}
