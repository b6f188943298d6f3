// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One declared endpoint of a plugin service; {@code open} is {@code access: public}. */
public record EndpointDeclaration(
        String method,
        PathTemplate path,
        String description,
        Set<String> permissions,
        boolean open,
        boolean idempotent,
        boolean streaming,
        Optional<Duration> timeout) {
    public EndpointDeclaration {
        permissions = Set.copyOf(permissions);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
