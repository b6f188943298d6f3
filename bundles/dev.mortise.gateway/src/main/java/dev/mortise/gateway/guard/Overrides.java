// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.ServiceDeclaration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sets in place of what services say of themselves, as it stands at one time. It is no record because each
 * call asks whether it is still the same one.
 */
public final class Overrides {
    /** Leaves everything to the services. */
    public static final Overrides NONE = new Overrides(Map.of(), Map.of());

    /** The name that stands for every service that has no entry of its own. */
    static final String EVERY = "*";

    private static final String RATE = "rateLimit";
    private static final String LIFE = "cacheTTL";

    private final Map<String, Long> rates;
    private final Map<String, Long> lives;

    /**
     * Takes what is set, by the names of services; 0 is none.
     *
     * @param rates requests of one tenant in a second
     * @param lives seconds for which answers may be kept
     */
    public Overrides(Map<String, Long> rates, Map<String, Long> lives) {
        this.rates = Map.copyOf(rates);
        this.lives = Map.copyOf(lives);
    }

    /** Answers the rate that holds for a service. */
    public Optional<RateRule> rate(ServiceDeclaration service) {
        return holds(rates, service, RATE)
                .map(rate -> new RateRule(service.name().value(), rate));
    }

    /** Answers how long answers of an endpoint may be kept; none are of one that does more than read. */
    public Optional<CacheRule> cache(ServiceDeclaration service, EndpointDeclaration endpoint) {
        return CacheRule.suits(endpoint)
                ? holds(lives, service, LIFE).map(seconds -> new CacheRule(Duration.ofSeconds(seconds)))
                : Optional.empty();
    }

    /** Answers the metadata of a service with the values that hold, and with a word on those that the operator set. */
    public Map<String, String> shown(ServiceDeclaration service) {
        Map<String, String> metadata = new TreeMap<>(service.metadata());
        show(metadata, rates, service, RATE);
        show(metadata, lives, service, LIFE);
        return metadata;
    }

    private static void show(
            Map<String, String> metadata, Map<String, Long> values, ServiceDeclaration service, String key) {
        Long value = set(values, service);
        if (value == null) {
            return;
        }
        String announced = Numbers.of(service, key).map(String::valueOf).orElse("none");
        if (value == 0) {
            metadata.remove(key);
        } else {
            metadata.put(key, value.toString());
        }
        metadata.put(key + "Source", "operator: %s; announced: %s".formatted(value == 0 ? "none" : value, announced));
    }

    private static Optional<Long> holds(Map<String, Long> values, ServiceDeclaration service, String key) {
        Long value = set(values, service);
        return value == null ? Numbers.of(service, key) : Optional.of(value).filter(number -> number > 0);
    }

    private static @Nullable Long set(Map<String, Long> values, ServiceDeclaration service) {
        Long own = values.get(service.name().value());
        return own == null ? values.get(EVERY) : own;
    }
}
