// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.StartProblem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Says why a bundle does not resolve: which import nobody exports, and what is there that almost fits. */
record ImportFailures(BundleContext context, PluginId plugin) {
    private static final String PACK = "Pack the library into the jar, or put it into a feature as a platform bundle.";

    StartProblem explain(Bundle bundle) {
        Requirements requirements = new Requirements(context.getBundle(0).adapt(FrameworkWiring.class));
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<BundleRequirement> unmet = requirements.unmet(revision);
        if (!unmet.isEmpty()) {
            return problem(words(unmet), unmet.stream().anyMatch(this::isThere) ? relax(unmet) : PACK);
        }
        return beyond(revision, requirements, new HashSet<>())
                .or(() -> UsesConflict.find(revision, requirements)
                        .map(conflict -> problem(conflict.words(), conflict.remedy())))
                .orElseGet(() -> problem(
                        "its imports can't be had together, each of them alone can",
                        "Set the ranges in Import-Package to versions that were tried together."));
    }

    /** A bundle that exports what is imported may itself lack something. */
    private Optional<StartProblem> beyond(
            BundleRevision revision, Requirements requirements, Set<BundleRevision> seen) {
        return requirements.of(revision).stream()
                .flatMap(requirement -> requirements.preferred(requirement).stream())
                .map(BundleCapability::getRevision)
                .filter(provider -> provider.getWiring() == null && seen.add(provider))
                .flatMap(provider -> lacking(provider, requirements, seen).stream())
                .findFirst();
    }

    private Optional<StartProblem> lacking(
            BundleRevision provider, Requirements requirements, Set<BundleRevision> seen) {
        List<BundleRequirement> unmet = requirements.unmet(provider);
        return unmet.isEmpty()
                ? beyond(provider, requirements, seen)
                : Optional.of(problem(
                        "it imports from bundle " + provider.getSymbolicName() + ", for which " + words(unmet),
                        "Put what bundle " + provider.getSymbolicName() + " needs into the feature that brings it."));
    }

    private StartProblem problem(String what, String remedy) {
        return new StartProblem("Plugin '%s' can't be resolved: %s.".formatted(plugin, what), remedy);
    }

    private String words(List<BundleRequirement> unmet) {
        return unmet.stream().map(this::words).collect(Collectors.joining("; "));
    }

    private String words(BundleRequirement requirement) {
        return Requirements.ofPackage(requirement)
                ? "no bundle exports package " + wanted(requirement)
                        + nearest(requirement)
                                .map(near -> "; there is " + shown(near))
                                .orElse("")
                : "nothing provides " + requirement.getNamespace() + " "
                        + Requirements.directive(requirement, Constants.FILTER_DIRECTIVE);
    }

    private boolean isThere(BundleRequirement requirement) {
        return Requirements.ofPackage(requirement) && nearest(requirement).isPresent();
    }

    private String relax(List<BundleRequirement> unmet) {
        String ranges = unmet.stream()
                .filter(this::isThere)
                .map(requirement -> wanted(requirement).name() + " admit "
                        + nearest(requirement).map(Requirements::version).orElseThrow())
                .collect(Collectors.joining(", "));
        return "Let Import-Package of " + ranges + ", or pack the library into the jar.";
    }

    private static PackageFilter wanted(BundleRequirement requirement) {
        return PackageFilter.parse(Requirements.directive(requirement, Constants.FILTER_DIRECTIVE));
    }

    private static String shown(BundleCapability capability) {
        return Requirements.version(capability) + " of "
                + capability.getRevision().getSymbolicName();
    }

    /** Answers the export of the package whose version is the closest to what is wanted; the newer one of two. */
    private Optional<BundleCapability> nearest(BundleRequirement requirement) {
        PackageFilter wanted = wanted(requirement);
        Version aim = wanted.floor();
        return Arrays.stream(context.getBundles())
                .flatMap(bundle -> Stream.ofNullable(bundle.adapt(BundleRevision.class)))
                .flatMap(revision -> revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .filter(capability -> wanted.name().equals(Requirements.packageName(capability)))
                .min(Comparator.comparing((BundleCapability capability) -> distance(aim, capability, Version::getMajor))
                        .thenComparing(capability -> distance(aim, capability, Version::getMinor))
                        .thenComparing(capability -> distance(aim, capability, Version::getMicro))
                        .thenComparing(Requirements::version, Comparator.reverseOrder()));
    }

    private static int distance(Version aim, BundleCapability capability, ToIntFunction<Version> part) {
        return Math.abs(part.applyAsInt(aim) - part.applyAsInt(Requirements.version(capability)));
    }
}
