// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.ServiceDeclaration;
import java.time.Duration;
import java.util.Optional;

/** How long answers of an endpoint may be kept. */
public record CacheRule(Duration life) {
    /** Reads {@code cacheTTL} of the metadata of a service, in seconds, for those of its endpoints that only read. */
    public static Optional<CacheRule> of(ServiceDeclaration service, EndpointDeclaration endpoint) {
        return endpoint.method().equals("GET") && !endpoint.streaming()
                ? Numbers.of(service, "cacheTTL").map(seconds -> new CacheRule(Duration.ofSeconds(seconds)))
                : Optional.empty();
    }
}
