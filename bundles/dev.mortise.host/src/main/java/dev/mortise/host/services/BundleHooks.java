// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.framework.hooks.bundle.FindHook;

/**
 * Hides bundles from plugins (OSGi Core 57): a plugin sees itself, the framework, and libraries, but neither other plugins
 * nor the container's own bundles, whose services it could ask for otherwise.
 */
public final class BundleHooks implements FindHook, EventHook {
    private static final String OURS = "dev.mortise.";

    private BundleHooks() {}

    /** Registers the hooks; must happen before the first plugin is started, and last until none runs any more. */
    public static ServiceRegistration<?> register(BundleContext host) {
        return host.registerService(
                new String[] {FindHook.class.getName(), EventHook.class.getName()}, new BundleHooks(), null);
    }

    @Override
    public void find(BundleContext context, Collection<Bundle> bundles) {
        bundles.removeIf(bundle -> !visible(bundle, context));
    }

    @Override
    public void event(BundleEvent event, Collection<BundleContext> contexts) {
        contexts.removeIf(context -> !visible(event.getBundle(), context));
    }

    private static boolean visible(Bundle bundle, BundleContext context) {
        try {
            Bundle viewer = context.getBundle();
            return !PluginBundles.isPlugin(viewer) || viewer.equals(bundle) || isForPlugins(bundle);
        } catch (IllegalStateException theViewerHasStopped) {
            return false;
        }
    }

    private static boolean isForPlugins(Bundle bundle) {
        boolean hidden = PluginBundles.isPlugin(bundle)
                || String.valueOf(bundle.getSymbolicName()).startsWith(OURS);
        return bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID || !hidden;
    }
}
