// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.kernel.model.EndpointDeclaration;
import java.time.Duration;

/** How long answers of an endpoint may be kept. */
public record CacheRule(Duration life) {
    /** Tells whether there is anything to keep of an endpoint: it only reads, and its answers end. */
    static boolean suits(EndpointDeclaration endpoint) {
        return endpoint.method().equals("GET") && !endpoint.streaming();
    }
}
