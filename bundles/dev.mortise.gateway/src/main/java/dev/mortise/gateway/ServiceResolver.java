// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.gateway.guard.RetryBudgets;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.port.Routing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the instance of a service that a plugin's declared need leads to, or says why there is none. */
final class ServiceResolver {
    private final Clock clock;
    private final RetryBudgets budgets;

    ServiceResolver(Clock clock, RetryBudgets budgets) {
        this.clock = clock;
        this.budgets = budgets;
    }

    /** Answers the instance that a call of the tenant goes to after these tries, or why there is none. */
    Resolution resolve(RoutingSnapshot snapshot, Needs.Need need, String tenant, Tries tries) {
        Instances instances = instances(snapshot, need);
        ServiceMount chosen = instances.choose(tenant, tries);
        if (chosen != null) {
            return chosen;
        }
        ServiceMount last = instances.lastSeen(tenant);
        return last == null ? notFound(need, tenant, offered(snapshot, need)) : unavailable(last, snapshot);
    }

    /** Answers what a need leads to. */
    Instances instances(RoutingSnapshot snapshot, Needs.Need need) {
        Instances known = snapshot.resolved(need);
        if (known == null) {
            List<ServiceMount> admitted = offered(snapshot, need).stream()
                    .filter(mount -> need.range().admits(mount.declaration().version()))
                    .toList();
            known = new Instances(admitted, budgets.of(need.service().value()));
            snapshot.remember(need, known);
        }
        return known;
    }

    /** Answers the best instance of this framework in the range. */
    static @Nullable ServiceMount nearest(RoutingSnapshot snapshot, Needs.Need need) {
        for (ServiceMount mount : offered(snapshot, need)) {
            if (mount.place() instanceof Place.Here
                    && need.range().admits(mount.declaration().version())) {
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

    /** Says that nobody offers a service to the tenant, whoever offers it to others. */
    static Refusal absent(Needs.Need need, String tenant) {
        return notFound(need, tenant, List.of());
    }

    private Refusal unavailable(ServiceMount mount, RoutingSnapshot snapshot) {
        Routing.Entry entry = mount.plugin().entry();
        Instant now = clock.instant();
        String seen = mount.plugin()
                .seen()
                .map(then -> "Last seen " + Moments.ago(then, now) + ".")
                .orElse("It was not seen yet.");
        return Refusal.retryLater(
                ErrorCode.SERVICE_UNAVAILABLE,
                "Service unavailable: %s: %s since %s. %s%s"
                        .formatted(
                                mount.declaration().name(),
                                standing(mount.plugin(), snapshot),
                                Moments.timeOfDay(entry.since()),
                                seen,
                                why(mount.plugin(), snapshot)));
    }

    /** What else is said of an instance elsewhere may name its address, which is nothing for callers. */
    private static String why(PluginMount plugin, RoutingSnapshot snapshot) {
        return plugin.place() instanceof Place.Elsewhere
                ? new RequiredServices(snapshot)
                        .missing(plugin.entry().manifest())
                        .map(missing -> " " + missing.message())
                        .orElse("")
                : "";
    }

    private static String standing(PluginMount plugin, RoutingSnapshot snapshot) {
        if (plugin.place() instanceof Place.Elsewhere elsewhere) {
            return "the instance of plugin '%s' on node '%s' is %s"
                    .formatted(plugin.id(), elsewhere.node(), plugin.health());
        }
        // Alone it needs no version to be known by.
        String version = snapshot.versions(plugin.id()).size() > 1 ? " " + plugin.version() : "";
        return "plugin '%s'%s is %s"
                .formatted(plugin.id(), version, plugin.entry().state());
    }

    /** Says who offers it in vain; what serves other tenants alone is none of this one's business. */
    private static Refusal notFound(Needs.Need need, String tenant, List<ServiceMount> offered) {
        String versions = offered.stream()
                .filter(mount -> mount.place().serves(tenant))
                .map(mount -> mount.declaration().version().text())
                .distinct()
                .collect(Collectors.joining(", "));
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
                                        : "Offered versions: " + versions + "."));
    }
}
