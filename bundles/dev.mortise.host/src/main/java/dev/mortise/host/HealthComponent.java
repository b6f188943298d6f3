// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.SnapshotHealth;
import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.port.HealthSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers the health of the container, from the first moment on. */
@Component
public final class HealthComponent implements Health {
    private final Collection<HealthSource> sources = new CopyOnWriteArrayList<>();
    private final SnapshotHealth health;

    /** Makes the offer. */
    @Activate
    public HealthComponent(BundleContext context, @Reference HostState state) {
        this.health = new SnapshotHealth(
                new SnapshotHealth.About(
                        property(context, "mortise.version"),
                        property(context, "mortise.edition"),
                        features(property(context, "mortise.features"))),
                state::snapshot,
                () -> new SnapshotHealth.Phase(state.running(), state.stopping()),
                () -> sources);
    }

    @Override
    public Report report() {
        return health.report();
    }

    @Override
    public boolean ready() {
        return health.ready();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSource(HealthSource source) {
        sources.add(source);
    }

    void unbindSource(HealthSource source) {
        sources.remove(source);
    }

    private static String property(BundleContext context, String name) {
        return Objects.toString(context.getProperty(name), "");
    }

    private static List<String> features(String names) {
        return Arrays.stream(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
