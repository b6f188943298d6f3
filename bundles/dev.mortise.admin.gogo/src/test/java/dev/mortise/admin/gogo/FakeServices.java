// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service in this container, and what is added to it. */
final class FakeServices implements Services {
    private final List<Instance> instances;

    FakeServices(Instance... more) {
        instances = new ArrayList<>(List.of(here()));
        instances.addAll(List.of(more));
    }

    /** Answers an instance of the same service elsewhere. */
    static Instance remote(String id, String status, Optional<String> tenant) {
        Instance here = here();
        return new Instance(
                id,
                here.serviceName(),
                "1.1.0",
                here.pluginId(),
                "1.3.0",
                "n2",
                "remote",
                status,
                here.path(),
                tenant,
                here.endpoints(),
                Map.of(),
                Shell.NOW.minusSeconds(61),
                Optional.of("http://10.0.0.7:9000"));
    }

    private static Instance here() {
        return new Instance(
                "s1",
                "inventory.products",
                "1.0.0",
                "inventory",
                "1.2.0",
                "n1",
                "bundle",
                "HEALTHY",
                "/api/v1/s/inventory.products",
                Optional.empty(),
                List.of(new EndpointLine("GET", "/products", List.of("plugin.inventory.products.read"))),
                Map.of("rateLimit", "100"),
                Shell.NOW.minusSeconds(4),
                Optional.empty());
    }

    @Override
    public List<Instance> list() {
        return instances;
    }

    @Override
    public List<Instance> discover(String serviceName, Optional<String> range) {
        return list().stream()
                .filter(instance -> instance.serviceName().equals(serviceName))
                .filter(instance -> !instance.status().equals("UNAVAILABLE"))
                .toList();
    }

    @Override
    public List<RouteLine> routes() {
        return List.of(new RouteLine(
                "GET", "/api/v1/p/inventory/products", "inventory", List.of("plugin.inventory.products.read")));
    }
}
