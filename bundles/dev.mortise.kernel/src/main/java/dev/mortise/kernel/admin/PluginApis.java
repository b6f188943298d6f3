// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Route;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The HTTP APIs of all plugins that serve, in the words of OpenAPI 3.1. Implemented by the gateway. */
public interface PluginApis {
    /** Name of the security scheme that the document around them defines. */
    String SCHEME = "bearer";

    /** Names of the responses that the document around them defines, by status. */
    Map<String, String> RESPONSES = Map.of(
            "401", "Unauthenticated",
            "403", "PermissionDenied",
            "404", "NotFound",
            "429", "RateLimited",
            "503", "Unavailable",
            "504", "DeadlineExceeded",
            "default", "Problem");

    /** Answers the APIs as they are now, of the plugins that the tenant has; of all when none is named. */
    Apis serving(Optional<TenantId> tenant);

    /** Answers what is to be said of the document that a plugin with these routes ships; nothing when all is well. */
    List<String> warnings(PluginManifest plugin, PluginFiles files, List<Route> routes);

    /**
     * Parts of an OpenAPI document, as JSON: maps, lists, texts, numbers, booleans.
     *
     * @param revision the same one stands for the same document: another one after every change, and for each set of plugins
     * @param tags one for each plugin, ordered by name
     * @param paths operations by whole path, those of a plugin together
     * @param components by kind and name; each name begins with the plugin's id and a dot
     */
    record Apis(
            long revision, List<Object> tags, Map<String, Object> paths, Map<String, Map<String, Object>> components) {}
}
