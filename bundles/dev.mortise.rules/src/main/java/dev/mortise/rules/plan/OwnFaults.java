// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.rules.route.ProcessPaths;
import dev.mortise.rules.semver.SemverRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what refuses a candidate whatever its dependencies do. */
final class OwnFaults {
    private static final Set<String> HERE = Set.of(RuntimeDeclaration.BUNDLE);

    private final Version host;
    private final Ranges ranges;
    private final Offers offers;

    OwnFaults(Version host, Ranges ranges, Offers offers) {
        this.host = host;
        this.ranges = ranges;
        this.offers = offers;
    }

    List<Problem> of(Candidate candidate) {
        PluginManifest manifest = candidate.manifest();
        List<Problem> problems = new ArrayList<>();
        candidate.blocked().ifPresent(problems::add);
        checkRange(manifest.host(), "/host", problems);
        if (ranges.read(manifest.host()) instanceof SemverRange.Reading.Good good
                && !good.range().admits(host)) {
            problems.add(new Problem.HostMismatch(manifest.id(), manifest.host(), host));
        }
        int index = 0;
        for (Dependency dependency : manifest.dependencies()) {
            checkRange(dependency.range(), "/api/dependencies/" + index++ + "/version", problems);
        }
        checkServices(manifest, problems);
        checkEndpoints(manifest, problems);
        if (!manifest.locations().equals(HERE)) {
            checkPaths(manifest, problems);
        }
        return problems;
    }

    private void checkRange(VersionRange range, String pointer, List<Problem> problems) {
        if (ranges.read(range) instanceof SemverRange.Reading.Malformed malformed) {
            problems.add(new Problem.ManifestProblem(
                    pointer, malformed.message(), "Write a range in npm's grammar, such as ^1.2.0."));
        }
    }

    private void checkServices(PluginManifest manifest, List<Problem> problems) {
        PluginId id = manifest.id();
        Set<String> seen = new HashSet<>();
        for (ServiceDeclaration service : manifest.services()) {
            PluginId owner = offers.owner(service.name()).orElse(id);
            if (!owner.equals(id) && seen.add(service.name().value())) {
                problems.add(foreign(service, id, owner));
            }
            String version = service.version().text().replaceFirst("\\+.*", "");
            if (owner.equals(id) && !seen.add(service.name() + " " + version)) {
                problems.add(new Problem.Clash(
                        id,
                        id,
                        "Plugin '%s' declares service '%s' %s twice.".formatted(id, service.name(), version),
                        "Put the endpoints of both into one declaration."));
            }
        }
    }

    private Problem foreign(ServiceDeclaration service, PluginId id, PluginId owner) {
        boolean elsewhere = offers.holder(service.name()).isPresent();
        return new Problem.Clash(
                id,
                owner,
                "Service '%s' of plugin '%s' already belongs to plugin '%s'%s."
                        .formatted(service.name(), id, owner, elsewhere ? ", which is registered from elsewhere" : ""),
                "Rename the service in plugin '%s', or %s plugin '%s'."
                        .formatted(id, elsewhere ? "deregister" : "remove", owner));
    }

    /** Elsewhere these would be hidden behind what the process answers itself. */
    private static void checkPaths(PluginManifest manifest, List<Problem> problems) {
        int service = 0;
        for (ServiceDeclaration declared : manifest.services()) {
            int endpoint = 0;
            for (EndpointDeclaration one : declared.endpoints()) {
                String pointer = "/api/services/%d/endpoints/%d/path".formatted(service, endpoint++);
                if (ProcessPaths.own(one.path().toString())) {
                    problems.add(new Problem.ManifestProblem(
                            pointer,
                            "Endpoint %s of plugin '%s' is where a process of its own is asked by the container, and plugin.json lists other locations than 'bundle'."
                                    .formatted(one, manifest.id()),
                            "Give the endpoint another path, or list the location 'bundle' alone."));
                }
            }
            service++;
        }
    }

    private static void checkEndpoints(PluginManifest manifest, List<Problem> problems) {
        PluginId id = manifest.id();
        Map<String, ServiceDeclaration> taken = new HashMap<>();
        for (ServiceDeclaration service : manifest.services()) {
            for (EndpointDeclaration endpoint : service.endpoints()) {
                ServiceDeclaration first = taken.putIfAbsent(
                        endpoint.method() + " " + endpoint.path().shape(), service);
                if (first != null) {
                    problems.add(new Problem.Clash(
                            id,
                            id,
                            "Endpoint %s of service '%s' in plugin '%s' is already declared by service '%s'."
                                    .formatted(endpoint, service.name(), id, first.name()),
                            "Give each endpoint of plugin '" + id + "' a method and path of its own."));
                }
            }
        }
    }
}
