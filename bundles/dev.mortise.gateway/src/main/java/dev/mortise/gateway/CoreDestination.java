// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.rules.route.RouteTable.Found;
import org.jspecify.annotations.Nullable;

/** A path of the core, or one that nobody knows. */
record CoreDestination(String path, Found<MountedRoute> found) implements Destination {
    @Override
    public boolean open() {
        return Lookup.open(found);
    }

    @Override
    public boolean betweenPlugins() {
        return false;
    }

    @Override
    public boolean ofTenant() {
        return false;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public @Nullable RouteMeter meter() {
        return Lookup.meter(found);
    }

    @Override
    public Choice choose(String method, Admission.Caller caller, Tries tries) {
        return Lookup.choose(found, method, path);
    }
}
