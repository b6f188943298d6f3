// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import java.util.Arrays;
import java.util.List;
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
        Bundle owner = service.getBundle();
        if (viewer.getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            return true;
        }
        if (owner == null) {
            return false; // it has gone while it was looked for; whoever sees it would never hear that it went
        }
        Object forBundle = service.getProperty(FOR_BUNDLE);
        if (forBundle instanceof Long id && owner.getBundleId() == host) {
            return id == viewer.getBundleId() || viewer.getBundleId() == host;
        }
        if (PluginBundles.isPlugin(owner)) {
            return visibleOfPlugin(service, owner, viewer);
        }
        return !PluginBundles.isPlugin(viewer) || CONTAINER.stream().noneMatch(prefix -> offers(service, prefix));
    }

    private boolean visibleOfPlugin(ServiceReference<?> service, Bundle owner, Bundle viewer) {
        if (offers(service, KERNEL)) {
            return false;
        }
        return owner.getBundleId() == viewer.getBundleId()
                || viewer.getBundleId() == host
                || (!PluginBundles.isPlugin(viewer) && !offers(service, OURS));
    }

    private static boolean offers(ServiceReference<?> service, String prefix) {
        return service.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                && Arrays.stream(types).anyMatch(type -> type.startsWith(prefix));
    }
}
