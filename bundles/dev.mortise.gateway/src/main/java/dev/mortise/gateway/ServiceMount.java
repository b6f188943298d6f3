// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.model.Version;
import dev.mortise.rules.route.RouteTable;
import java.util.Comparator;
import java.util.List;

/**
 * One instance of a service: a plugin version that offers it in one place, with its declared endpoints alone.
 *
 * @param names the declared endpoints, for callers who ask for another one
 */
record ServiceMount(
        ServiceDeclaration declaration, PluginMount plugin, RouteTable<MountedRoute> endpoints, List<String> names)
        implements Resolution {
    /** Ranks the instances of a service for a caller: by health, version and distance. */
    static final Comparator<ServiceMount> RANK = Comparator.comparing(ServiceMount::health)
            .thenComparing(
                    mount -> mount.declaration().version(),
                    Comparator.<Version>naturalOrder().reversed())
            .thenComparing(mount -> mount.place().distance());

    /** The same, with an order of its own among those of one rank. */
    static final Comparator<ServiceMount> BEST_FIRST = RANK.thenComparing(
                    mount -> mount.plugin().id())
            .thenComparing(ServiceMount::plugin, PluginMount.FACE_FIRST);

    ServiceMount {
        names = List.copyOf(names);
    }

    boolean serves() {
        return plugin.serves();
    }

    ServiceHealth health() {
        return plugin.health();
    }

    Place place() {
        return plugin.place();
    }
}
