// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.rules.route.RouteTable;
import java.util.List;

/**
 * One instance of a service: a plugin that offers it, with its declared endpoints alone.
 *
 * @param names the declared endpoints, for callers who ask for another one
 */
record ServiceMount(
        ServiceDeclaration declaration, PluginMount plugin, RouteTable<MountedRoute> endpoints, List<String> names)
        implements Resolution {
    ServiceMount {
        names = List.copyOf(names);
    }

    boolean serves() {
        return plugin.serves();
    }
}
