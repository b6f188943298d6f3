// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.leak.LoaderHolder;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The framework, where it keeps the wiring of a bundle: one that is not removed, or removed and not refreshed. */
public final class WiringHolders implements LoaderHolder {
    private final BundleContext host;

    /** Makes the search. */
    public WiringHolders(BundleContext host) {
        this.host = host;
    }

    @Override
    public List<String> holding(ClassLoader loader) {
        Collection<Bundle> removed =
                host.getBundle(0).adapt(FrameworkWiring.class).getRemovalPendingBundles();
        return Stream.concat(Stream.of(host.getBundles()), removed.stream())
                .filter(bundle -> isWiredWith(bundle, loader))
                .map(bundle -> "the framework (bundle '" + bundle.getLocation() + "' is "
                        + (removed.contains(bundle) ? "not refreshed)" : "not removed)"))
                .distinct()
                .toList();
    }

    private static boolean isWiredWith(Bundle bundle, ClassLoader loader) {
        BundleRevisions revisions = bundle.adapt(BundleRevisions.class);
        return revisions != null
                && revisions.getRevisions().stream()
                        .map(BundleRevision::getWiring)
                        .anyMatch(wiring -> holds(wiring, loader));
    }

    private static boolean holds(@Nullable BundleWiring wiring, ClassLoader loader) {
        return wiring != null && wiring.getClassLoader() == loader;
    }
}
