// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Handler;
import dev.mortise.api.json.Json;
import dev.mortise.gateway.guard.RouteGuard;
import dev.mortise.kernel.call.ToolSet;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.port.PluginTools;
import dev.mortise.kernel.port.Routing;
import dev.mortise.rules.route.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools of a plugin version as two routes that no client's path leads to; calls of them pass the guards of the plugin.
 *
 * @param asker in whose name they are called: as many at once in the background as one plugin may have
 * @param some whether there are any, as far as that is known
 * @param stamp the number of these tools
 */
record ToolMount(Owner asker, MountedRoute list, MountedRoute call, boolean some, long stamp) {
    private static final Logger LOG = LoggerFactory.getLogger(ToolMount.class);
    private static final ServiceName NAME = new ServiceName("mcp.tools");

    /** Makes the routes. */
    static ToolMount of(Routing.Entry entry, Owner owner, LiveSettings settings, Json json) {
        Owner asker = new Owner(Optional.empty(), ToolMount.class.getClassLoader(), new Stay(), OwnerMeters.NONE);
        Routing.Tools tools = entry.tools();
        long stamp = owner.stay().tools().of(tools);
        if (tools instanceof Routing.Tools.Elsewhere elsewhere) {
            return new ToolMount(
                    asker,
                    route(owner, settings, "GET", ToolSet.LIST, elsewhere.list()),
                    route(owner, settings, "POST", ToolSet.CALL, elsewhere.call()),
                    true,
                    stamp);
        }
        ToolSet set = new ToolSet(((Routing.Tools.Here) tools).tools(), json);
        set.objections()
                .forEach(sentence -> LOG.warn("plugin={} {}", entry.manifest().id(), sentence));
        return new ToolMount(
                asker,
                route(owner, settings, "GET", ToolSet.LIST, set::list),
                route(owner, settings, "POST", ToolSet.CALL, set::call),
                !set.described().isEmpty(),
                stamp);
    }

    // No breaker: one tool that is late must not take the others along. The caller's deadline is nearer than this one.
    private static MountedRoute route(Owner owner, LiveSettings settings, String method, String path, Handler handler) {
        return new MountedRoute(
                owner,
                handler,
                Set.of(),
                false,
                false,
                method.equals("GET"),
                () -> settings.get().deadlineLimit().toNanos(),
                RouteGuard.ofPlaces(() -> settings.get().guards().places().calls()),
                RouteMeter.ofClients(owner.meters(), method, path));
    }

    MountedRoute route(PluginTools.Question question) {
        return question instanceof PluginTools.Question.WhichTools ? list : call;
    }

    /** Answers how a call reaches a route of it. */
    ServiceCall.Ends ends(PluginMount plugin, MountedRoute route) {
        ServiceDeclaration service = new ServiceDeclaration(NAME, plugin.version(), "", List.of(), Map.of());
        return new ServiceCall.Ends(
                asker,
                new ServiceMount(service, plugin, RouteTable.empty(), List.of()),
                new RouteTable.Found.Match<>(route, Map.of()));
    }
}
