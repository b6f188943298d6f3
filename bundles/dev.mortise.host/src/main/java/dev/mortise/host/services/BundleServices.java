// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.kernel.port.PluginServices.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform services of one plugin bundle: registered in the host's context, seen by that bundle alone. Registering
 * activates components of the plugin on the calling thread, so every method is called on a thread of the plugin.
 */
public final class BundleServices {
    private static final Logger LOG = LoggerFactory.getLogger(BundleServices.class);
    private static final String MIGRATED = "mortise.migrated";

    private final BundleContext host;
    private final Bundle bundle;
    private final Scope scope;
    private final List<Offered> offered = new ArrayList<>();
    private boolean registered;

    /** Prepares the services of a bundle; nothing is registered yet. */
    public BundleServices(BundleContext host, Bundle bundle, Scope scope) {
        this.host = host;
        this.bundle = bundle;
        this.scope = scope;
    }

    /** What one supplier offers, and what of it is registered. */
    private record Offered(
            PluginServices supplier, List<Offer<?>> offers, List<ServiceRegistration<?>> registrations) {}

    /** Takes the offers of a supplier; they are registered when the others are, or at once. */
    public void add(PluginServices supplier) {
        boolean known = offered.stream().anyMatch(one -> one.supplier() == supplier);
        if (known) {
            return;
        }
        Offered one = new Offered(supplier, List.copyOf(supplier.forPlugin(scope)), new ArrayList<>());
        offered.add(one);
        if (registered) {
            register(one);
        }
    }

    /** Takes the offers of a supplier away that has gone. */
    public void remove(PluginServices supplier) {
        List<Offered> gone =
                offered.stream().filter(one -> one.supplier() == supplier).toList();
        offered.removeAll(gone);
        gone.forEach(BundleServices::withdraw);
        gone.forEach(BundleServices::close);
    }

    /** Registers everything. */
    public void register() {
        registered = true;
        List.copyOf(offered).forEach(this::register);
    }

    /** Registers the condition that the plugin's tables are as its code expects them. */
    public void registerMigrated() {
        Offered condition = new Offered(
                ignored -> List.of(),
                List.of(new Offer<>(
                        Condition.class, Condition.INSTANCE, Map.of(Condition.CONDITION_ID, MIGRATED), () -> {})),
                new ArrayList<>());
        offered.add(condition);
        register(condition);
    }

    /** Takes everything away; the plugin's bundle is stopped. */
    public void close() {
        registered = false;
        List<Offered> all = new ArrayList<>(offered);
        Collections.reverse(all);
        offered.clear();
        all.forEach(BundleServices::withdraw);
        all.forEach(BundleServices::close);
    }

    private void register(Offered one) {
        one.offers().forEach(offer -> one.registrations().add(register(offer)));
    }

    private <T> ServiceRegistration<T> register(Offer<T> offer) {
        Map<String, Object> properties = new HashMap<>(offer.properties());
        properties.put(Visibility.FOR_BUNDLE, bundle.getBundleId());
        return host.registerService(offer.type(), offer.service(), FrameworkUtil.asDictionary(properties));
    }

    private static void withdraw(Offered one) {
        one.registrations().forEach(registration -> {
            try {
                registration.unregister();
            } catch (IllegalStateException hostHasGone) {
                LOG.debug("A platform service was gone already: {}", hostHasGone.toString());
            }
        });
    }

    /** One service that does not close must not keep the others open. */
    private static void close(Offered one) {
        one.offers().forEach(offer -> {
            try {
                offer.close().run();
            } catch (RuntimeException e) {
                LOG.warn(
                        "Service {} of a retired plugin did not close: {}",
                        offer.type().getName(),
                        e.toString(),
                        e);
            }
        });
    }
}
