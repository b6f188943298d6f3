// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.admin.Registry.Place;
import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.kernel.port.TenantDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes service instances that run elsewhere into the registry. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.permission="})
public final class RegistrationRoutes implements RouteProvider {
    private final Registry registry;
    private final ManifestReader manifests;
    private final NamedTenant tenants;
    private final Json json;
    private final DryRun dryRun;

    /** Made by DS. */
    @Activate
    public RegistrationRoutes(
            @Reference Registry registry,
            @Reference Plugins plugins,
            @Reference ManifestReader manifests,
            @Reference TenantDirectory tenants,
            @Reference JsonFactory mappers) {
        this.registry = registry;
        this.manifests = manifests;
        this.tenants = new NamedTenant(tenants);
        this.json = mappers.strict();
        this.dryRun = new DryRun(plugins, json);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/api/v1/services/register", this::register));
    }

    private Response register(Request request) throws IOException {
        Speaker speaker = Speaker.of(request);
        Announcement announced = Announcement.read(request, json, manifests);
        String plugin = speaker.speaksFor(announced.plugin())
                .orElseThrow(() -> Refusals.invalid("An administrator speaks for any plugin. Name it as 'pluginId'."));
        Optional<String> tenant = tenants.of(request, announced.tenant());
        if (announced.manifest().isPresent()) {
            dryRun.judge(announced.manifest().get());
        }
        Registered registered = registry.register(announced.order(speaker.identity(), plugin, tenant));
        if (registered instanceof Registered.Not not) {
            throw new MortiseException(not.refused().code(), not.refused().detail());
        }
        return json.response(201, Told.of((Registered.Done) registered)).with("Cache-Control", "no-store");
    }

    /** The one answer that holds the lease and the key. */
    record Told(String serviceId, Lease lease, long heartbeatSeconds, String hopKey, List<Place> services) {
        static Told of(Registered.Done done) {
            return new Told(
                    done.services().get(0).serviceId(),
                    new Lease(done.leaseToken(), done.ttl().toSeconds()),
                    done.heartbeat().toSeconds(),
                    done.hopKey(),
                    done.services());
        }

        @Override
        public String toString() {
            return "Told[" + services + ", lease=***, hopKey=***]";
        }
    }

    /** What the heartbeats carry, and for how long one of them holds. */
    record Lease(String token, long ttlSeconds) {
        @Override
        public String toString() {
            return "Lease[token=***, ttlSeconds=" + ttlSeconds + "]";
        }
    }
}
