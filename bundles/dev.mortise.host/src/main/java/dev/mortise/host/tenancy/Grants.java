// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import java.util.List;
import java.util.stream.Stream;

/** The permissions that a plugin requests by its dependencies: those of the endpoints of the services that it needs. */
record Grants(Situation situation) {
    List<String> requested(PluginId plugin) {
        return situation.needs(plugin).stream()
                .flatMap(this::of)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> of(Dependency need) {
        return situation.deployed().plugins().getOrDefault(need.plugin(), List.of()).stream()
                .flatMap(view -> view.manifest().stream())
                .flatMap(manifest -> manifest.services().stream())
                .filter(service -> service.name().equals(need.service()))
                .flatMap(service -> service.endpoints().stream())
                .flatMap(endpoint -> endpoint.permissions().stream());
    }
}
