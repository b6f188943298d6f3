// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.List;

/** Divides the paths among plugins, services and the core. */
final class Areas {
    static final String PLUGINS = "/api/v1/p/";
    static final String SERVICES = "/api/v1/s/";

    private static final List<String> PAGES = List.of("/docs", "/console");

    private final CoreRoutes core;
    private final ServiceResolver resolver;

    Areas(CoreRoutes core, ServiceResolver resolver) {
        this.core = core;
        this.resolver = resolver;
    }

    /** Finds where a canonical path leads. */
    Destination find(RoutingSnapshot snapshot, String method, String path) {
        if (path.startsWith(PLUGINS)) {
            int end = endOfSegment(path, PLUGINS.length());
            return PluginDestination.of(snapshot, method, path, path.substring(PLUGINS.length(), end), end);
        }
        if (path.startsWith(SERVICES)) {
            int end = endOfSegment(path, SERVICES.length());
            return new ServiceDestination(path.substring(SERVICES.length(), end), path, end, snapshot, resolver);
        }
        if (MovedDestination.covers(path)) {
            return new MovedDestination(path);
        }
        return new CoreDestination(path, core.table().find(method, path));
    }

    /** Tells whether the core may not put a route there. */
    static boolean reserved(String path) {
        return path.startsWith(PLUGINS) || path.startsWith(SERVICES) || HealthPage.covers(path);
    }

    /** Tells whether static pages of the core lie there, which need no identity. */
    static boolean ofPages(String path) {
        return PAGES.stream().anyMatch(area -> path.equals(area) || path.startsWith(area + "/"));
    }

    private static int endOfSegment(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }
}
