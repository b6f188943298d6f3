// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.port.Routing;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the instance of a service that a plugin's declared need leads to, or says why there is none. */
final class ServiceResolver {
    private final Clock clock;

    ServiceResolver(Clock clock) {
        this.clock = clock;
    }

    /** Answers the instance of the highest version in the range that serves, or why there is none. */
    Resolution resolve(RoutingSnapshot snapshot, Needs.Need need, String tenant) {
        ServiceMount known = snapshot.resolved(need);
        if (known != null) {
            return known;
        }
        Resolution found = search(snapshot, need, tenant);
        if (found instanceof ServiceMount mount) {
            snapshot.remember(need, mount);
        }
        return found;
    }

    private Resolution search(RoutingSnapshot snapshot, Needs.Need need, String tenant) {
        ServiceMount nearest = nearest(snapshot, need);
        if (nearest == null) {
            return notFound(need, tenant, offered(snapshot, need));
        }
        return nearest.serves() ? nearest : unavailable(nearest, snapshot);
    }

    /** Answers the first in the range, because the snapshot has them best first: when it does not serve, none does. */
    static @Nullable ServiceMount nearest(RoutingSnapshot snapshot, Needs.Need need) {
        for (ServiceMount mount : offered(snapshot, need)) {
            if (need.range().admits(mount.declaration().version())) {
                return mount;
            }
        }
        return null;
    }

    static Refusal undeclared(String plugin, String service) {
        return Refusal.of(
                ErrorCode.DEPENDENCY_NOT_DECLARED,
                "Plugin '%s' does not declare a dependency on '%s'. Add it to \"api.dependencies\" in its plugin.json."
                        .formatted(plugin, service));
    }

    static Refusal unknownEndpoint(ServiceMount mount, String method, String path) {
        return Refusal.of(
                        ErrorCode.ENDPOINT_NOT_FOUND,
                        "Endpoint not found: %s %s of %s %s. Declared endpoints: %s."
                                .formatted(
                                        method,
                                        path,
                                        mount.declaration().name(),
                                        mount.declaration().version(),
                                        String.join(", ", mount.names())))
                .withMember("alternatives", mount.names());
    }

    // A service belongs to one plugin; whoever else claims the name is not who the caller asked for.
    private static List<ServiceMount> offered(RoutingSnapshot snapshot, Needs.Need need) {
        List<ServiceMount> all = snapshot.service(need.service().value());
        String owner = need.dependency().plugin().value();
        for (ServiceMount mount : all) {
            if (!mount.plugin().id().equals(owner)) {
                return all.stream().filter(m -> m.plugin().id().equals(owner)).toList();
            }
        }
        return all;
    }

    private Refusal unavailable(ServiceMount mount, RoutingSnapshot snapshot) {
        Routing.Entry entry = mount.plugin().entry();
        Instant now = clock.instant();
        String seen = mount.plugin()
                .lastServed()
                .map(last -> "Last seen " + Moments.ago(last, now) + ".")
                .orElse("It was not seen yet.");
        return Refusal.retryLater(
                ErrorCode.SERVICE_UNAVAILABLE,
                "Service unavailable: %s: plugin '%s'%s is %s since %s. %s"
                        .formatted(
                                mount.declaration().name(),
                                mount.plugin().id(),
                                // Alone it needs no version to be known by.
                                snapshot.versions(mount.plugin().id()).size() > 1
                                        ? " " + mount.plugin().version()
                                        : "",
                                entry.state(),
                                Moments.timeOfDay(entry.since()),
                                seen));
    }

    private static Refusal notFound(Needs.Need need, String tenant, List<ServiceMount> offered) {
        List<String> versions = new ArrayList<>();
        offered.forEach(mount -> versions.add(mount.declaration().version().text()));
        Dependency dependency = need.dependency();
        return Refusal.of(
                ErrorCode.SERVICE_NOT_FOUND,
                "Service not found: %s (%s) for tenant '%s'. %s"
                        .formatted(
                                dependency.service(),
                                dependency.range(),
                                tenant,
                                versions.isEmpty()
                                        ? "No plugin offers it. Deploy plugin '" + dependency.plugin() + "'."
                                        : "Offered versions: " + String.join(", ", versions) + "."));
    }
}
