// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * Who sees which service. A plugin sees its own services and those that are registered for it, nothing of other plugins
 * or of its own other version, and nothing that the container's bundles register for one another. What a plugin registers for Mortise is seen by the host alone, because platform bundles
 * take such services at their word.
 */
final class Visibility {
    /** The property of a service that is there for one bundle alone: the id of that bundle. */
    static final String FOR_BUNDLE = "mortise.bundle.id";

    private static final String OURS = "dev.mortise.";
    private static final String KERNEL = "dev.mortise.kernel.";

    /** What bundles of the container say to one another: passwords, tokens and commands are among it. */
    private static final List<String> CONTAINER = List.of(
            OURS,
            "java.util.function.", // how bundles end a container that can't come up
            "org.osgi.framework.hooks.",
            "org.osgi.service.cm.",
            "org.osgi.service.component.ComponentFactory",
            "org.osgi.service.component.runtime.",
            "org.apache.felix.cm.",
            "org.apache.felix.scr.",
            "org.apache.felix.service.",
            "org.apache.felix.gogo.");

    private final long host;

    Visibility(Bundle host) {
        this.host = host.getBundleId();
    }

    boolean visible(ServiceReference<?> service, Bundle viewer) {
        return viewersOf(service).test(viewer);
    }

    /** Answers who sees a service: judged once for the many that an event of it may go to. */
    Predicate<Bundle> viewersOf(ServiceReference<?> service) {
        Predicate<Bundle> others = others(service);
        return viewer -> viewer.getBundleId() == Constants.SYSTEM_BUNDLE_ID || others.test(viewer);
    }

    private Predicate<Bundle> others(ServiceReference<?> service) {
        Bundle owner = service.getBundle();
        if (owner == null) {
            return viewer ->
                    false; // it has gone while it was looked for; whoever sees it would never hear that it went
        }
        Object forBundle = service.getProperty(FOR_BUNDLE);
        if (forBundle instanceof Long id && owner.getBundleId() == host) {
            return viewer -> id == viewer.getBundleId() || viewer.getBundleId() == host;
        }
        if (PluginBundles.isPlugin(owner)) {
            return ofPlugin(service, owner);
        }
        boolean internal = CONTAINER.stream().anyMatch(prefix -> offers(service, prefix));
        return viewer -> !internal || !PluginBundles.isPlugin(viewer);
    }

    private Predicate<Bundle> ofPlugin(ServiceReference<?> service, Bundle owner) {
        if (offers(service, KERNEL)) {
            return viewer -> false;
        }
        boolean ours = offers(service, OURS);
        return viewer -> owner.getBundleId() == viewer.getBundleId()
                || viewer.getBundleId() == host
                || (!ours && !PluginBundles.isPlugin(viewer));
    }

    private static boolean offers(ServiceReference<?> service, String prefix) {
        return service.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                && Arrays.stream(types).anyMatch(type -> type.startsWith(prefix));
    }
}
