// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Two ways on which a bundle would see different versions of one package (OSGi Core 3.7.8): by an import of its own, and
 * through a package that it imports and whose types speak of it.
 */
record UsesConflict(Sight own, Sight used) {
    /** Nothing that people write comes near; whatever does is not worth the time. */
    private static final int MOST_SIGHTS = 10_000;

    /**
     * A package as a bundle sees it.
     *
     * @param through the import behind which it is seen, absent when it is imported itself
     */
    record Sight(BundleCapability capability, Optional<BundleCapability> through) {
        String packageName() {
            return Requirements.packageName(capability);
        }

        Sight behind(BundleCapability used) {
            return new Sight(used, through.or(() -> Optional.of(capability)));
        }

        String words() {
            String what = Requirements.version(capability) + " from "
                    + capability.getRevision().getSymbolicName();
            return what
                    + through.map(imported -> " through " + Requirements.packageName(imported) + " of "
                                    + imported.getRevision().getSymbolicName())
                            .orElse(" by its own import");
        }
    }

    /** Finds one in what the framework would choose for a bundle. */
    static Optional<UsesConflict> find(BundleRevision revision, Requirements requirements) {
        Map<String, Sight> imported = new LinkedHashMap<>();
        requirements.of(revision).stream()
                .filter(Requirements::ofPackage)
                .flatMap(requirement -> requirements.preferred(requirement).stream())
                .map(capability -> new Sight(capability, Optional.empty()))
                .forEach(sight -> imported.put(sight.packageName(), sight));
        Deque<Sight> open = new ArrayDeque<>(imported.values());
        Set<BundleCapability> seen = new HashSet<>();
        while (!open.isEmpty() && seen.size() < MOST_SIGHTS) {
            Sight sight = open.remove();
            for (BundleCapability used : used(sight.capability(), requirements)) {
                Sight own = imported.get(Requirements.packageName(used));
                if (own != null && !own.capability().equals(used)) {
                    return Optional.of(new UsesConflict(own, sight.behind(used)));
                }
                if (seen.add(used)) {
                    open.add(sight.behind(used));
                }
            }
        }
        return Optional.empty();
    }

    /** Answers the conflict in words, to go on behind "can't be resolved". */
    String words() {
        return "package %s is seen twice: %s and %s".formatted(own.packageName(), own.words(), used.words());
    }

    String remedy() {
        return ("Change the range of %s in Import-Package so that it admits %s, or put a bundle into a feature whose %s"
                        + " uses %s.")
                .formatted(
                        own.packageName(),
                        Requirements.version(used.capability()),
                        used.through().map(Requirements::packageName).orElse(used.packageName()),
                        Requirements.version(own.capability()));
    }

    /** Answers the packages that the types of a package speak of, as the bundle behind it has them. */
    private static List<BundleCapability> used(BundleCapability capability, Requirements requirements) {
        String uses = capability.getDirectives().getOrDefault(Constants.USES_DIRECTIVE, "");
        BundleRevision owner = capability.getRevision();
        return List.of(uses.split(",", -1)).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .flatMap(name -> seenBy(owner, name, requirements).stream())
                .toList();
    }

    private static Optional<BundleCapability> seenBy(BundleRevision owner, String name, Requirements requirements) {
        BundleWiring wiring = owner.getWiring();
        Optional<BundleCapability> imported = wiring == null
                ? requirements.of(owner).stream()
                        .filter(Requirements::ofPackage)
                        .flatMap(requirement -> requirements.preferred(requirement).stream())
                        .filter(capability ->
                                Requirements.packageName(capability).equals(name))
                        .findFirst()
                : Objects.requireNonNullElse(
                                wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE), List.<BundleWire>of())
                        .stream()
                        .map(BundleWire::getCapability)
                        .filter(capability ->
                                Requirements.packageName(capability).equals(name))
                        .findFirst();
        return imported.or(() -> owner.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .filter(capability -> Requirements.packageName(capability).equals(name))
                .findFirst());
    }
}
