// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.StartProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Says why a bundle does not resolve: which import nobody exports, and what is there that almost fits. */
record ImportFailures(BundleContext context, PluginId plugin) {
    StartProblem explain(Bundle bundle) {
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        List<BundleRequirement> unmet = bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
                .filter(requirement ->
                        !"optional".equals(requirement.getDirectives().get("resolution")))
                .filter(requirement -> wiring.findProviders(requirement).isEmpty())
                .toList();
        String what = unmet.isEmpty()
                ? "its imports can't be had together: two of them lead to different versions of a package"
                : unmet.stream().map(this::words).collect(Collectors.joining("; "));
        return new StartProblem(
                "Plugin '%s' can't be resolved: %s.".formatted(plugin, what),
                "Pack the library into the jar, or put it into a feature as a platform bundle.");
    }

    private String words(BundleRequirement requirement) {
        return requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)
                ? packageWords(requirement)
                : "nothing provides " + requirement.getNamespace() + " "
                        + requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    }

    private String packageWords(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        PackageFilter wanted = PackageFilter.parse(filter);
        List<String> exported = exporters(wanted.name());
        return "no bundle exports package " + wanted
                + (exported.isEmpty() ? "" : "; there is " + String.join(", ", exported));
    }

    private List<String> exporters(String name) {
        return Arrays.stream(context.getBundles())
                .flatMap(bundle -> Stream.ofNullable(bundle.adapt(BundleRevision.class)))
                .flatMap(revision -> revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .filter(capability -> name.equals(attribute(capability, PackageNamespace.PACKAGE_NAMESPACE)))
                .map(capability -> attribute(capability, Constants.VERSION_ATTRIBUTE) + " of "
                        + capability.getRevision().getSymbolicName())
                .distinct()
                .toList();
    }

    private static String attribute(BundleCapability capability, String name) {
        Map<String, Object> attributes = capability.getAttributes();
        return Objects.toString(attributes.get(name), "");
    }
}
