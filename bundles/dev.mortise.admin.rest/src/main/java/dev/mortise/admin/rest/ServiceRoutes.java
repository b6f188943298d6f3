// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Services;
import dev.mortise.kernel.admin.Services.Instance;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantPlugins;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The service registry, for administrators and for plugins that act over HTTP; each sees what its tenant may see. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.permission="})
public final class ServiceRoutes implements RouteProvider {
    private final Services services;
    private final NamedTenant tenants;
    private final TenantPlugins installed;
    private final Json json;

    /** Made by DS. */
    @Activate
    public ServiceRoutes(
            @Reference Services services,
            @Reference TenantDirectory tenants,
            @Reference TenantPlugins installed,
            @Reference JsonFactory mappers) {
        this.services = services;
        this.tenants = new NamedTenant(tenants);
        this.installed = installed;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/services/list", this::list), Route.get("/api/v1/services/discover", this::discover));
    }

    private Response list(Request request) {
        Query query = Query.of(request, "tenantId", "pluginId", "status");
        Optional<String> tenant = tenant(request, query);
        Optional<String> plugin = query.text("pluginId");
        Optional<ServiceHealth> status = query.text("status").map(ServiceRoutes::status);
        List<Instance> found = visible(services.list(), tenant, request).stream()
                .filter(instance -> plugin.isEmpty() || plugin.get().equals(instance.pluginId()))
                .filter(instance -> status.isEmpty() || status.get().name().equals(instance.status()))
                .toList();
        return json.ok(Listing.of("services", told(found, request)));
    }

    private Response discover(Request request) {
        Query query = Query.of(request, "serviceName", "version", "tenantId");
        Optional<String> tenant = tenant(request, query);
        String name = query.required("serviceName");
        Optional<String> range = query.text("version");
        List<Instance> found = visible(services.discover(name, range), tenant, request);
        if (found.isEmpty()) {
            throw notFound(name, range, tenant, request);
        }
        return json.ok(Listing.of("services", told(found, request)));
    }

    private Optional<String> tenant(Request request, Query query) {
        Speaker.of(request);
        return tenants.of(request, query.text("tenantId"));
    }

    private static ServiceHealth status(String text) {
        return Arrays.stream(ServiceHealth.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Refusals.invalid("The query parameter 'status' is one of "
                        + Arrays.toString(ServiceHealth.values()) + ", not '" + text + "'."));
    }

    /** Whoever acts for several tenants and names none sees all; one that belongs to no tenant sees nothing of any. */
    private List<Instance> visible(List<Instance> instances, Optional<String> tenant, Request request) {
        boolean all = tenant.isEmpty() && request.context().identity().manyTenants();
        return instances.stream()
                .filter(instance -> all
                        || instance.tenantId().isEmpty()
                        || instance.tenantId().equals(tenant))
                .flatMap(instance -> tenant.isEmpty() ? Stream.of(instance) : asItStands(instance, tenant.get()))
                .toList();
    }

    /** What the tenant does not have is not there, and what takes no calls of the tenant now is of no use to it. */
    private Stream<Instance> asItStands(Instance instance, String tenant) {
        Standing standing = installed.standing(new TenantId(tenant), new PluginId(instance.pluginId()));
        if (standing instanceof Standing.Absent) {
            return Stream.empty();
        }
        return Stream.of(standing instanceof Standing.Closed ? instance.unavailable() : instance);
    }

    /** Where an instance runs is for administrators: all others reach it through the gateway. */
    private static List<Instance> told(List<Instance> instances, Request request) {
        return Speaker.administers(request)
                ? instances
                : instances.stream().map(Instance::withoutAddress).toList();
    }

    private MortiseException notFound(String name, Optional<String> range, Optional<String> tenant, Request request) {
        List<String> offered = visible(services.discover(name, Optional.empty()), tenant, request).stream()
                .map(Instance::version)
                .distinct()
                .toList();
        return new MortiseException(
                ErrorCode.SERVICE_NOT_FOUND,
                "Service not found: " + name + range.map(r -> " (" + r + ")").orElse("")
                        + tenant.map(t -> " for tenant '" + t + "'").orElse("") + ". "
                        + (offered.isEmpty()
                                ? "No plugin offers it."
                                : "Offered versions: " + String.join(", ", offered) + "."));
    }
}
