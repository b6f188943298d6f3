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
    private final Installed installed;

    Areas(CoreRoutes core, ServiceResolver resolver, Installed installed) {
        this.core = core;
        this.resolver = resolver;
        this.installed = installed;
    }

    /** Finds where a canonical path leads. */
    Destination find(RoutingSnapshot snapshot, String method, String path) {
        if (path.startsWith(PLUGINS)) {
            int end = endOfSegment(path, PLUGINS.length());
            return PluginDestination.of(snapshot, installed, method, path, path.substring(PLUGINS.length(), end), end);
        }
        if (path.startsWith(SERVICES)) {
            int end = endOfSegment(path, SERVICES.length());
            String service = path.substring(SERVICES.length(), end);
            return new ServiceDestination(service, path, end, snapshot, resolver, installed);
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

    /** Tells whether it is the path of such a page, as it was sent, with a slash behind it. */
    static boolean isPageWithSlash(String rawPath) {
        return PAGES.stream().anyMatch(page -> rawPath.length() == page.length() + 1 && rawPath.equals(page + "/"));
    }

    private static int endOfSegment(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }
}
