// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.rules.semver.SemverRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a plugin declares to need, by service name, with the ranges read once. */
final class Needs {
    private final Map<String, Need> byService;

    /** One declared dependency. */
    record Need(Dependency dependency, SemverRange range) {
        ServiceName service() {
            return dependency.service();
        }
    }

    private Needs(Map<String, Need> byService) {
        this.byService = byService;
    }

    /** Reads what can be read: a plugin that the planner refused for a malformed range is known, and needs nothing. */
    static Needs of(PluginManifest manifest) {
        Map<String, Need> needs = new HashMap<>();
        for (Dependency dependency : manifest.dependencies()) {
            if (SemverRange.read(dependency.range()) instanceof SemverRange.Reading.Good good) {
                needs.putIfAbsent(dependency.service().value(), new Need(dependency, good.range()));
            }
        }
        return new Needs(Map.copyOf(needs));
    }

    Collection<Need> all() {
        return byService.values();
    }

    Optional<Need> find(String service) {
        return Optional.ofNullable(byService.get(service));
    }
}
