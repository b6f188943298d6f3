// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.kernel.model.ServiceDeclaration;
import java.util.Optional;

/**
 * What a service says of its rate in its metadata.
 *
 * @param service its name
 * @param perSecond requests of one tenant in a second; as many may come at once
 */
public record RateRule(String service, long perSecond) {
    /** Reads {@code rateLimit} of the metadata of a service, if it declares one. */
    public static Optional<RateRule> of(ServiceDeclaration service) {
        return Numbers.of(service, "rateLimit")
                .map(rate -> new RateRule(service.name().value(), rate));
    }
}
