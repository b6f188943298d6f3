// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** What a bundle must have before it resolves, and who could give it. */
record Requirements(FrameworkWiring wiring) {
    /** Answers those that count: optional ones don't, nor those that are for later, such as services. */
    List<BundleRequirement> of(BundleRevision revision) {
        return revision.getDeclaredRequirements(null).stream()
                .filter(requirement -> !"optional".equals(directive(requirement, Constants.RESOLUTION_DIRECTIVE)))
                .filter(requirement -> List.of("", Constants.EFFECTIVE_RESOLVE)
                        .contains(directive(requirement, Constants.EFFECTIVE_DIRECTIVE)))
                .toList();
    }

    /** Answers those that nobody meets. */
    List<BundleRequirement> unmet(BundleRevision revision) {
        return of(revision).stream()
                .filter(requirement -> wiring.findProviders(requirement).isEmpty())
                .toList();
    }

    /** Answers whom the framework would ask first: who stands already, then the newest, then who came first. */
    Optional<BundleCapability> preferred(BundleRequirement requirement) {
        return wiring.findProviders(requirement).stream()
                .max(Comparator.comparing((BundleCapability capability) ->
                                capability.getRevision().getWiring() != null)
                        .thenComparing(Requirements::version)
                        .thenComparing(
                                capability ->
                                        capability.getRevision().getBundle().getBundleId(),
                                Comparator.reverseOrder()));
    }

    static boolean ofPackage(BundleRequirement requirement) {
        return requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE);
    }

    static String packageName(BundleCapability capability) {
        return Objects.toString(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE), "");
    }

    static Version version(BundleCapability capability) {
        Object version = capability.getAttributes().get(Constants.VERSION_ATTRIBUTE);
        return version instanceof Version known ? known : Version.emptyVersion;
    }

    static String directive(BundleRequirement requirement, String name) {
        return requirement.getDirectives().getOrDefault(name, "");
    }
}
