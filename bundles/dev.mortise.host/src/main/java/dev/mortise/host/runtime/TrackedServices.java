// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * The services of one type that a plugin's bundle registers, each fetched once. Fetching activates a delayed component on
 * the calling thread, so this lives on the thread of the plugin.
 *
 * @param <S> the type
 * @param <V> what is kept of each service, made once when it appears
 */
final class TrackedServices<S, V> {
    private final PluginHandle plugin;
    private final BundleContext host;
    private final Bundle bundle;
    private final Class<S> type;
    private final Reader<S, V> reader;
    private final Map<ServiceReference<?>, V> known = new LinkedHashMap<>();

    /** Makes of a service what is kept of it. */
    interface Reader<S, V> {
        V read(S service) throws Exception;
    }

    TrackedServices(PluginHandle plugin, Bundle bundle, BundleContext host, Class<S> type, Reader<S, V> reader) {
        this.plugin = plugin;
        this.host = host;
        this.bundle = bundle;
        this.type = type;
        this.reader = reader;
    }

    /**
     * Takes what is registered now; answers false when a service could not be had, because its component does not
     * activate.
     *
     * @throws Exception what reading a service throws
     */
    boolean update() throws Exception {
        Set<ServiceReference<?>> registered = registered();
        List<ServiceReference<?>> gone =
                known.keySet().stream().filter(one -> !registered.contains(one)).toList();
        gone.forEach(this::release);
        boolean all = true;
        for (ServiceReference<?> reference : registered) {
            if (!known.containsKey(reference)) {
                all &= fetch(reference);
            }
        }
        return all;
    }

    /** Answers what was made of the services, the highest ranking first. */
    List<V> values() {
        return List.copyOf(known.values());
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Gives every service back. */
    void close() {
        new ArrayList<>(known.keySet()).forEach(this::release);
    }

    private boolean fetch(ServiceReference<?> reference) throws Exception {
        Optional<Object> service = plugin.call(
                "activation of a " + type.getSimpleName() + " of plugin '" + plugin.id() + "'",
                () -> Optional.ofNullable(host.getService(reference)));
        if (service.filter(type::isInstance).isEmpty()) {
            return false;
        }
        known.put(reference, reader.read(type.cast(service.get())));
        return true;
    }

    private void release(ServiceReference<?> reference) {
        known.remove(reference);
        try {
            host.ungetService(reference);
        } catch (IllegalStateException hostHasStopped) {
            known.clear();
        }
    }

    private Set<ServiceReference<?>> registered() {
        ServiceReference<?>[] references = bundle.getRegisteredServices();
        Set<ServiceReference<?>> ofType = new TreeSet<>(Collections.reverseOrder());
        if (references != null) {
            Arrays.stream(references).filter(this::hasType).forEach(ofType::add);
        }
        return ofType;
    }

    private boolean hasType(ServiceReference<?> reference) {
        return reference.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                && List.of(types).contains(type.getName());
    }
}
