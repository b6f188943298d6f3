// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit;

import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import java.util.List;
import java.util.Map;

/** A service while its plugin is built: texts, right or wrong. */
record ServiceText(String name, String version, List<EndpointBuilder> endpoints) {
    ServiceDeclaration declaration() {
        return new ServiceDeclaration(
                new ServiceName(name),
                new Version(version),
                "",
                endpoints.stream().map(EndpointBuilder::declaration).toList(),
                Map.of());
    }

    Map<String, Object> json() {
        return Map.of(
                "name", name,
                "version", version,
                "endpoints", endpoints.stream().map(EndpointBuilder::json).toList());
    }
}
