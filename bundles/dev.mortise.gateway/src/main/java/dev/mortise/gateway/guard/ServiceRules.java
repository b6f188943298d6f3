// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.ServiceDeclaration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rate of a route and whether its answers may be kept: of the first of its services that has such a thing, by what the
 * operator sets or else the service says. That is worked out once for each change of the operator's, not for each call.
 */
public final class ServiceRules {
    /** Of a route that no service declares. */
    static final ServiceRules NONE = new ServiceRules(() -> Overrides.NONE, List.of());

    private final Supplier<Overrides> overrides;
    private final List<Declared> declared;
    // Threads that work it out at once come to the same.
    private volatile Held held;

    /** Makes those of a route that these endpoints declare. */
    public ServiceRules(Supplier<Overrides> overrides, List<Declared> declared) {
        this.overrides = overrides;
        this.declared = List.copyOf(declared);
        this.held = hold(overrides.get());
    }

    /** An endpoint and the service that it belongs to. */
    public record Declared(ServiceDeclaration service, EndpointDeclaration endpoint) {}

    private record Held(
            Overrides by, @Nullable RateRule rate, @Nullable CacheRule cache) {}

    @Nullable
    RateRule rate() {
        return now().rate;
    }

    @Nullable
    CacheRule cache() {
        return now().cache;
    }

    private Held now() {
        Overrides now = overrides.get();
        Held last = held;
        if (last.by == now) {
            return last;
        }
        Held next = hold(now);
        held = next;
        return next;
    }

    private Held hold(Overrides by) {
        return new Held(
                by,
                declared.stream()
                        .flatMap(one -> by.rate(one.service()).stream())
                        .findFirst()
                        .orElse(null),
                declared.stream()
                        .flatMap(one -> by.cache(one.service(), one.endpoint()).stream())
                        .findFirst()
                        .orElse(null));
    }
}
