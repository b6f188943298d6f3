// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who owns which service name, and in which versions they offer it. A name that an instance elsewhere offers is its
 * plugin's. Of the others the smallest id that declares it owns it, whether or not that plugin can run: else a name would
 * change hands with every failed start.
 */
final class Offers {
    private final Map<ServiceName, Offer> offers;
    private final Map<PluginId, PluginManifest> plugins;
    private final Map<ServiceName, HeldService> held;

    private Offers(
            Map<ServiceName, Offer> offers, Map<PluginId, PluginManifest> plugins, Map<ServiceName, HeldService> held) {
        this.offers = offers;
        this.plugins = plugins;
        this.held = held;
    }

    /** A version of a service, and the version of its owner that offers it. */
    record Version(dev.mortise.kernel.model.Version offered, PluginIdentity by) {}

    /** A service name of its owner, in one version or more. */
    record Offer(PluginId owner, List<Version> versions) {
        /** Answers the versions of the owner that offer such a version of the service, the highest service first. */
        List<PluginIdentity> by(Predicate<dev.mortise.kernel.model.Version> wanted) {
            return versions.stream()
                    .filter(version -> wanted.test(version.offered()))
                    .sorted(Comparator.comparing(Version::offered)
                            .thenComparing(Version::by)
                            .reversed())
                    .map(Version::by)
                    .distinct()
                    .toList();
        }

        Version highest() {
            return versions.stream()
                    .max(Comparator.comparing(Version::offered).thenComparing(Version::by))
                    .orElseThrow();
        }
    }

    /** Takes candidates in the order of their identities, and what is offered elsewhere. */
    static Offers of(Collection<Candidate> candidates, Map<ServiceName, HeldService> held) {
        Map<ServiceName, Offer> offers = new HashMap<>();
        Map<PluginId, PluginManifest> plugins = new HashMap<>();
        for (Candidate candidate : candidates) {
            PluginId id = candidate.manifest().id();
            plugins.put(id, candidate.manifest());
            for (ServiceDeclaration service : candidate.manifest().services()) {
                HeldService elsewhere = held.get(service.name());
                if (elsewhere == null || elsewhere.owner().equals(id)) {
                    Offer offer = offers.computeIfAbsent(service.name(), name -> new Offer(id, new ArrayList<>()));
                    if (offer.owner().equals(id)) {
                        offer.versions().add(new Version(service.version(), candidate.identity()));
                    }
                }
            }
        }
        return new Offers(offers, plugins, held);
    }

    /** Answers whose a name is. */
    Optional<PluginId> owner(ServiceName name) {
        return holder(name).or(() -> find(name).map(Offer::owner));
    }

    /** Answers whose a name is because instances elsewhere offer it. */
    Optional<PluginId> holder(ServiceName name) {
        return Optional.ofNullable(held.get(name)).map(HeldService::owner);
    }

    /** Answers the versions of a service that instances elsewhere offer. */
    Set<dev.mortise.kernel.model.Version> elsewhere(ServiceName name) {
        return Optional.ofNullable(held.get(name)).map(HeldService::versions).orElseGet(Set::of);
    }

    Optional<Offer> find(ServiceName name) {
        return Optional.ofNullable(offers.get(name));
    }

    /** Answers what a plugin of the set says of itself, in its highest version. */
    Optional<PluginManifest> plugin(PluginId id) {
        return Optional.ofNullable(plugins.get(id));
    }
}
