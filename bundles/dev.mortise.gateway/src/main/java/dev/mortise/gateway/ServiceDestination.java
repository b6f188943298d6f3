// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.rules.route.RouteTable.Found;
import java.util.Optional;

/** A path below {@code /api/v1/s/<service>}: for plugins, which call what they declare to need. */
record ServiceDestination(
        String service, String path, int from, RoutingSnapshot snapshot, ServiceResolver resolver, Installed installed)
        implements Destination {
    @Override
    public boolean open() {
        return false;
    }

    @Override
    public boolean betweenPlugins() {
        return true;
    }

    @Override
    public boolean ofTenant() {
        return true;
    }

    @Override
    public Choice choose(String method, Admission.Caller caller, Tries tries) {
        Optional<String> plugin = caller.identity().plugin();
        if (plugin.isEmpty()) {
            return notForClients(caller);
        }
        Optional<Needs.Need> need = need(plugin.get());
        if (need.isEmpty()) {
            return ServiceResolver.undeclared(plugin.get(), service);
        }
        Refusal refusal = caller.tenant()
                .map(tenant -> installed.plugin(tenant, need.get()))
                .orElse(null);
        if (refusal != null) {
            return refusal;
        }
        Resolution resolution = resolver.resolve(snapshot, need.get(), tenant(caller), tries);
        return resolution instanceof ServiceMount mount ? endpoint(mount, method, caller) : (Refusal) resolution;
    }

    @Override
    public boolean elsewhere(Missed missed, Admission.Caller caller, Tries tries, Body body) {
        return caller.identity()
                .plugin()
                .flatMap(this::need)
                .map(need -> resolver.instances(snapshot, need))
                .filter(instances -> Retries.may(missed, body, instances, tenant(caller), tries))
                .isPresent();
    }

    private Optional<Needs.Need> need(String plugin) {
        PluginMount here = snapshot.plugin(plugin);
        Optional<Needs.Need> need =
                here == null ? Optional.empty() : here.needs().find(service);
        return need.or(() -> snapshot.elsewhereOf(plugin).stream()
                .flatMap(mounted -> mounted.plugin().needs().find(service).stream())
                .findFirst());
    }

    private Choice endpoint(ServiceMount mount, String method, Admission.Caller caller) {
        Found<MountedRoute> found = mount.endpoints().find(method, path, from);
        Methods methods = Lookup.methods(found, method);
        if (methods != null) {
            return methods;
        }
        if (!(found instanceof Found.Match<MountedRoute> match)) {
            return ServiceResolver.unknownEndpoint(mount, method, from == path.length() ? "/" : path.substring(from));
        }
        Refusal withheld = caller.tenant()
                .map(tenant -> installed.withheld(
                        tenant,
                        caller.identity().plugin().orElseThrow(),
                        match.value().permissions()))
                .orElse(null);
        if (withheld != null) {
            return withheld;
        }
        installed.enter(caller.tenant(), mount.plugin());
        return new Target(match.value(), match.parameters());
    }

    /** What the tenant does not have is spoken of like what is nowhere. */
    private Refusal notForClients(Admission.Caller caller) {
        String plugin = snapshot.service(service).stream()
                .filter(mount -> mount.place().serves(tenant(caller)))
                .map(ServiceMount::plugin)
                .filter(mount -> caller.tenant().stream()
                        .allMatch(tenant ->
                                installed.has(tenant, mount.entry().manifest().id())))
                .map(PluginMount::id)
                .findFirst()
                .orElse("<plugin>");
        return Refusal.of(
                ErrorCode.PERMISSION_DENIED,
                "'/api/v1/s/' is for credentials that are bound to a plugin. Clients call '/api/v1/p/%s%s'."
                        .formatted(plugin, path.substring(from)));
    }

    private static String tenant(Admission.Caller caller) {
        return caller.tenant().map(Object::toString).orElse("");
    }
}
