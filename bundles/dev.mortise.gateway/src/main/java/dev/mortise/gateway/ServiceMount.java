// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.rules.route.RouteTable;
import java.util.Comparator;
import java.util.List;

/**
 * One instance of a service: a plugin version that offers it, with its declared endpoints alone.
 *
 * @param names the declared endpoints, for callers who ask for another one
 */
record ServiceMount(
        ServiceDeclaration declaration, PluginMount plugin, RouteTable<MountedRoute> endpoints, List<String> names)
        implements Resolution {
    /** Orders the instances of a service: what serves before what does not, then the highest version of the service first. */
    static final Comparator<ServiceMount> BEST_FIRST = Comparator.comparing(ServiceMount::serves)
            .thenComparing(mount -> mount.declaration().version())
            .reversed()
            .thenComparing(mount -> mount.plugin().id())
            .thenComparing(ServiceMount::plugin, PluginMount.FACE_FIRST);

    ServiceMount {
        names = List.copyOf(names);
    }

    boolean serves() {
        return plugin.serves();
    }
}
