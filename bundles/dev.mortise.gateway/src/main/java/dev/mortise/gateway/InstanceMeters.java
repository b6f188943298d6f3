// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.port.Meters;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Shows how many registered instances of each service are how well, as the list of services has it. What bundles of this
 * container offer is shown with their plugins.
 */
final class InstanceMeters {
    private static final Meters.Series INSTANCES = new Meters.Series(
            "mortise.service.instances", "Registered instances of services, by service and health.", Map.of());

    private final Supplier<Meters> meters;
    private final Function<String, List<ServiceMount>> instances;

    // The monitor guards these.
    private Meters source = Meters.NONE;
    private Meters.Group group = Meters.NONE.open();
    private Set<String> shown = Set.of();

    /**
     * Shows nothing yet.
     *
     * @param meters where meters come from now
     * @param instances all instances of a service, as they are now
     */
    InstanceMeters(Supplier<Meters> meters, Function<String, List<ServiceMount>> instances) {
        this.meters = meters;
        this.instances = instances;
    }

    /** Shows these services, and no others any more. */
    synchronized void show(Set<String> services) {
        Meters now = meters.get();
        if (now == source && services.equals(shown)) {
            return;
        }
        group.close();
        source = now;
        group = now.open();
        shown = new HashSet<>(services);
        for (String service : services) {
            for (ServiceHealth health : ServiceHealth.values()) {
                group.gauge(
                        INSTANCES
                                .with("service", service)
                                .with("health", health.name().toLowerCase(Locale.ROOT)),
                        () -> count(service, health));
            }
        }
    }

    private long count(String service, ServiceHealth health) {
        List<ServiceMount> all = instances.apply(service);
        return all.stream()
                .filter(mount ->
                        mount.place() instanceof Place.Elsewhere && SnapshotServices.status(mount, all) == health)
                .count();
    }
}
