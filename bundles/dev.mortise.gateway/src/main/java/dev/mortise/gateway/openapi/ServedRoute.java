// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.openapi;

import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceDeclaration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A route that clients reach. Holds nothing of the plugin's code, because a description may outlive it.
 *
 * @param open whether it is answered without identity
 * @param rated whether it may be answered that there were too many calls
 * @param declared what the manifest says of it, when it says anything
 */
public record ServedRoute(
        String method,
        PathTemplate path,
        Set<String> permissions,
        boolean open,
        boolean rated,
        Optional<Declared> declared) {
    /** An endpoint, and the service that it belongs to. */
    public record Declared(ServiceDeclaration service, EndpointDeclaration endpoint) {}

    /** Joins a route with what its manifest declares. */
    public static ServedRoute of(
            PluginManifest manifest,
            String method,
            PathTemplate path,
            Set<String> permissions,
            boolean open,
            boolean rated) {
        Optional<Declared> declared = manifest.services().stream()
                .flatMap(service -> service.endpoints().stream().map(endpoint -> new Declared(service, endpoint)))
                .filter(one -> one.endpoint().method().equals(method)
                        && one.endpoint().path().shape().equals(path.shape()))
                .findFirst();
        return new ServedRoute(method, path, permissions, open, rated, declared);
    }

    /** Answers the method as OpenAPI writes it. */
    String key() {
        return method.toLowerCase(Locale.ROOT);
    }

    /** Answers the names of its parameters in order. */
    List<String> parameters() {
        return parameters(path);
    }

    private static List<String> parameters(PathTemplate path) {
        return path.segments().stream()
                .filter(PathTemplate.Segment::parameter)
                .map(PathTemplate.Segment::text)
                .toList();
    }
}
