// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.rules.route.RouteTable.Found;
import org.jspecify.annotations.Nullable;

/** A path below {@code /api/v1/p/<plugin>}. */
record PluginDestination(
        String id,
        String path,
        int from,
        @Nullable PluginMount plugin,
        @Nullable Found<MountedRoute> found,
        Installed installed)
        implements Destination {
    static PluginDestination of(
            RoutingSnapshot snapshot, Installed installed, String method, String path, String id, int from) {
        PluginMount plugin = snapshot.plugin(id);
        Found<MountedRoute> found =
                plugin != null && plugin.serves() ? plugin.routes().find(method, path, from) : null;
        return new PluginDestination(id, path, from, plugin, found, installed);
    }

    @Override
    public boolean open() {
        return found != null && Lookup.open(found);
    }

    @Override
    public boolean betweenPlugins() {
        return false;
    }

    @Override
    public boolean ofTenant() {
        return true;
    }

    @Override
    public @Nullable RouteMeter meter() {
        RouteMeter route = Lookup.meter(found);
        return route == null && plugin != null ? plugin.strays() : route;
    }

    @Override
    public Choice choose(String method, Admission.Caller caller, Tries tries) {
        if (plugin == null) {
            return unknown(id);
        }
        Refusal refusal = installed.client(caller.tenant(), plugin);
        if (refusal != null) {
            return refusal;
        }
        if (found == null) {
            return Refusal.retryLater(ErrorCode.PLUGIN_NOT_READY, plugin.reason());
        }
        Choice choice = Lookup.choose(found, method, path);
        if (choice instanceof Target) {
            installed.enter(caller.tenant(), plugin);
        }
        return choice;
    }

    static Refusal unknown(String id) {
        return Refusal.of(ErrorCode.PLUGIN_NOT_FOUND, "There is no plugin '" + id + "'.");
    }
}
