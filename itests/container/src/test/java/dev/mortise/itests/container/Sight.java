// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** What one bundle can see. */
record Sight(BundleContext viewer) {
    static Sight of(Bundle bundle) {
        return new Sight(bundle.getBundleContext());
    }

    /** Answers all services of a type, those of other class spaces too. */
    List<ServiceReference<?>> services(String type) {
        try {
            ServiceReference<?>[] found = viewer.getAllServiceReferences(type, null);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers the only service of a type. */
    ServiceReference<?> only(String type) {
        List<ServiceReference<?>> found = services(type);
        if (found.size() != 1) {
            throw new AssertionError(viewer.getBundle() + " sees " + found.size() + " services " + type + ": " + found);
        }
        return found.get(0);
    }

    /** Answers the locations of the bundles that registered the services of a type. */
    Set<String> owners(String type) {
        return services(type).stream()
                .map(ServiceReference::getBundle)
                .map(Bundle::getLocation)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
