// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.gateway.guard.RouteGuard;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.rules.route.RouteTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the routes of the core's own surfaces, which come with absolute paths. */
@Component(service = CoreRoutes.class, configurationPid = GatewayConfig.PID)
public final class CoreRoutes {
    static final String PERMISSION_PROPERTY = "mortise.core.permission";
    static final String BOUNDED_PROPERTY = "mortise.core.bounded";

    /** Says that the provider's routes are answered to everybody: static pages. */
    static final String OPEN_PROPERTY = "mortise.core.open";

    private static final Logger LOG = LoggerFactory.getLogger(CoreRoutes.class);
    private static final String ADMIN = "mortise.admin";

    // The monitor guards providers; readers take the table alone.
    private final IdentityHashMap<RouteProvider, List<Placed>> providers = new IdentityHashMap<>();
    private volatile RouteTable<MountedRoute> table = RouteTable.empty();
    private volatile List<Placed> placed = List.of();

    private final Neighbours neighbours;
    private volatile long timeoutNanos;

    /** The one key of {@code gateway.properties} that counts here. */
    public @interface Config {
        int deadline_limit_seconds() default 300;
    }

    /** Made by DS. Orders to the core may wait for a deployment, so they have the longest time there is. */
    @Activate
    public CoreRoutes(@Reference Neighbours neighbours, Config config) {
        this.neighbours = neighbours;
        modified(config);
    }

    /** Takes another limit. Without this DS would make the routes, and with them the gateway, anew. */
    @Modified
    void modified(Config config) {
        timeoutNanos = TimeUnit.SECONDS.toNanos(config.deadline_limit_seconds());
    }

    /**
     * One route of the core.
     *
     * @param bounded false when its handler bounds what it takes of a body
     */
    record Placed(
            Route route, PathTemplate path, Set<String> permissions, boolean open, boolean bounded, Owner owner) {}

    RouteTable<MountedRoute> table() {
        return table;
    }

    /** Answers all routes, in no order. */
    List<Placed> all() {
        return placed;
    }

    @Reference(
            target = "(mortise.core=true)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    synchronized void bindProvider(RouteProvider provider, Map<String, Object> properties) {
        boolean open = Boolean.TRUE.equals(properties.get(OPEN_PROPERTY));
        Set<String> permissions = open ? Set.of() : permissions(properties);
        boolean bounded = !Boolean.FALSE.equals(properties.get(BOUNDED_PROPERTY));
        Owner owner = Owner.core(
                Objects.requireNonNullElse(provider.getClass().getClassLoader(), ClassLoader.getPlatformClassLoader()),
                neighbours);
        List<Placed> routes = new ArrayList<>();
        for (Route route : provider.routes()) {
            place(new Placed(route, PathTemplate.parse(route.path()), permissions, open, bounded, owner))
                    .ifPresent(routes::add);
        }
        providers.put(provider, routes);
        rebuild();
    }

    synchronized void unbindProvider(RouteProvider provider) {
        List<Placed> gone = Objects.requireNonNullElse(providers.remove(provider), List.of());
        rebuild();
        gone.forEach(placed -> placed.owner.meters().end());
    }

    private static Set<String> permissions(Map<String, Object> properties) {
        String permission = String.valueOf(properties.getOrDefault(PERMISSION_PROPERTY, ADMIN));
        return permission.isEmpty() ? Set.of() : Set.of(permission);
    }

    private static Optional<Placed> place(Placed one) {
        Route route = one.route;
        if (Areas.reserved(route.path())) {
            LOG.error("Route {} {} is left out: that area belongs to the gateway", route.method(), route.path());
            return Optional.empty();
        }
        if (one.open && !(route.method().equals("GET") && Areas.ofPages(route.path()))) {
            LOG.error("Route {} {} is left out: only static pages are open to everybody", route.method(), route.path());
            return Optional.empty();
        }
        return Optional.of(one);
    }

    private void rebuild() {
        List<Placed> all = new ArrayList<>();
        providers.values().forEach(all::addAll);
        List<RouteTable.Entry<MountedRoute>> entries = all.stream()
                .map(one -> new RouteTable.Entry<>(one.route.method(), one.path, mount(one)))
                .toList();
        RouteTable.Built<MountedRoute> built = RouteTable.build(entries);
        if (built instanceof RouteTable.Built.Table<MountedRoute> good) {
            table = good.table();
            placed = List.copyOf(all);
        } else {
            LOG.error("The core's routes stay as they were, because new ones clash: {}", built);
        }
    }

    private MountedRoute mount(Placed one) {
        RouteMeter meter = RouteMeter.ofClients(one.owner.meters(), one.route.method(), one.path.toString());
        return new MountedRoute(
                one.owner,
                one.route.handler(),
                one.permissions,
                one.open,
                false,
                Repeats.safely(one.route.method()),
                () -> timeoutNanos,
                one.bounded ? RouteGuard.NONE : RouteGuard.NOT_EVEN_OF_BODIES,
                meter);
    }
}
