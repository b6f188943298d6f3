// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit;

import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds one endpoint of a plugin service: {@code endpoint("GET /products").needing("plugin.inventory.read")}. */
public final class EndpointBuilder {
    // RFC 9110, section 9.2.2.
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    private final String method;
    private final String path;
    private final List<String> permissions = new ArrayList<>();
    private boolean open;
    private boolean idempotent;
    private boolean streaming;
    private Optional<Duration> timeout = Optional.empty();

    private EndpointBuilder(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Starts with method and path, joined by a space. */
    public static EndpointBuilder endpoint(String methodAndPath) {
        int space = methodAndPath.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("'" + methodAndPath + "' is no endpoint such as 'GET /products'.");
        }
        return new EndpointBuilder(methodAndPath.substring(0, space), methodAndPath.substring(space + 1));
    }

    /** Asks callers for permissions. */
    public EndpointBuilder needing(String... names) {
        permissions.addAll(List.of(names));
        return this;
    }

    /** Makes it public. */
    public EndpointBuilder open() {
        open = true;
        return this;
    }

    /** Says that a repeated request does no harm. */
    public EndpointBuilder idempotent() {
        idempotent = true;
        return this;
    }

    /** Says that it answers piece by piece. */
    public EndpointBuilder streaming() {
        streaming = true;
        return this;
    }

    /** Says how long it may take. */
    public EndpointBuilder within(Duration limit) {
        timeout = Optional.of(limit);
        return this;
    }

    EndpointDeclaration declaration() {
        return new EndpointDeclaration(
                method,
                PathTemplate.parse(path),
                "",
                new LinkedHashSet<>(permissions),
                open,
                idempotent || REPEATABLE.contains(method),
                streaming,
                timeout);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("method", method);
        json.put("path", path);
        if (!permissions.isEmpty()) {
            json.put("permissions", List.copyOf(permissions));
        }
        if (open) {
            json.put("access", "public");
        }
        if (idempotent) {
            json.put("idempotent", true);
        }
        if (streaming) {
            json.put("streaming", true);
        }
        timeout.ifPresent(limit -> json.put("timeoutMs", limit.toMillis()));
        return json;
    }
}
