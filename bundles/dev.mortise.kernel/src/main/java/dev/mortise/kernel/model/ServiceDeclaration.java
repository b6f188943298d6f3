// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Map;

/** A plugin service as its plugin declares it; {@code metadata} carries rateLimit, cacheTTL and further keys as text. */
public record ServiceDeclaration(
        ServiceName name,
        Version version,
        String description,
        List<EndpointDeclaration> endpoints,
        Map<String, String> metadata) {
    public ServiceDeclaration {
        endpoints = List.copyOf(endpoints);
        metadata = Map.copyOf(metadata);
    }
}
