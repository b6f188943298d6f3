// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.admin.Services;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.Routing;
import dev.mortise.rules.route.RouteTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One plugin version in one place.
 *
 * @param lastServed when it last served; nothing while it does, or when it never did
 * @param routes everything below its mount, empty while it does not serve
 * @param mounted the same, one by one
 * @param needs what it may call
 * @param place where it runs
 * @param strays measures calls that lead to it, but to none of its routes
 */
record PluginMount(
        Routing.Entry entry,
        Owner owner,
        Optional<Instant> lastServed,
        RouteTable<MountedRoute> routes,
        List<RouteTable.Entry<MountedRoute>> mounted,
        Needs needs,
        Place place,
        RouteMeter strays) {
    /**
     * Orders the versions of one plugin, its face first: what serves before what does not, releases before pre-releases,
     * the higher version before the lower one.
     */
    static final Comparator<PluginMount> FACE_FIRST = Comparator.comparing(PluginMount::serves)
            .thenComparing(mount -> !mount.version().preRelease())
            .thenComparing(PluginMount::version)
            .reversed();

    PluginMount {
        mounted = List.copyOf(mounted);
    }

    String id() {
        return entry.manifest().id().value();
    }

    Version version() {
        return entry.manifest().version();
    }

    boolean serves() {
        return entry.state().serves();
    }

    ServiceHealth health() {
        return switch (entry.state()) {
            case READY -> ServiceHealth.HEALTHY;
            case DEGRADED -> ServiceHealth.DEGRADED;
            default -> ServiceHealth.UNAVAILABLE;
        };
    }

    /** Answers its routes as an operator sees them. */
    List<Services.RouteLine> lines() {
        return mounted.stream().map(this::line).toList();
    }

    private Services.RouteLine line(RouteTable.Entry<MountedRoute> route) {
        String path = route.path().segments().isEmpty() ? "" : route.path().toString();
        return SnapshotServices.line(
                route.method(),
                Areas.PLUGINS + id() + path,
                owner,
                route.value().permissions());
    }

    /** Answers when it was last there for callers, or known at all when it never was. */
    Instant lastSeen() {
        return seen().orElse(entry.since());
    }

    /** Answers when a call would last have found it; nothing when there was no such time. */
    Optional<Instant> seen() {
        return place instanceof Place.Elsewhere elsewhere
                ? Optional.of(elsewhere.lastSeen().get())
                : lastServed;
    }

    /** Answers the sentence for callers while it does not serve. */
    String reason() {
        return entry.reason().isEmpty()
                ? "Plugin '%s' is %s since %s.".formatted(id(), entry.state(), Moments.timeOfDay(entry.since()))
                : entry.reason();
    }
}
