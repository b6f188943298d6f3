// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook;

/** Makes {@link Visibility} hold: for those who look services up and for those who listen (OSGi Core 55). */
public final class ServiceHooks implements FindHook, EventListenerHook {
    private final Visibility visibility;

    private ServiceHooks(Visibility visibility) {
        this.visibility = visibility;
    }

    /** Registers the hooks; must happen before the first plugin is started, and last until none runs any more. */
    public static ServiceRegistration<?> register(BundleContext host) {
        ServiceHooks hooks = new ServiceHooks(new Visibility(host.getBundle()));
        return host.registerService(
                new String[] {FindHook.class.getName(), EventListenerHook.class.getName()}, hooks, null);
    }

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        references.removeIf(reference -> !visible(reference, context));
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerHook.ListenerInfo>> listeners) {
        Predicate<Bundle> viewers = visibility.viewersOf(event.getServiceReference());
        listeners.keySet().removeIf(context -> !sees(viewers, context));
    }

    private boolean visible(ServiceReference<?> service, BundleContext context) {
        return sees(viewer -> visibility.visible(service, viewer), context);
    }

    private static boolean sees(Predicate<Bundle> viewers, BundleContext context) {
        try {
            return viewers.test(context.getBundle());
        } catch (IllegalStateException theViewerHasStopped) {
            return false;
        }
    }
}
