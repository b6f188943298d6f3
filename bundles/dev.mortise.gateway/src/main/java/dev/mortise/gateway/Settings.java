// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.gateway.guard.GuardSettings;
import dev.mortise.gateway.guard.GuardSettings.BreakerSettings;
import dev.mortise.gateway.guard.GuardSettings.CacheSettings;
import dev.mortise.gateway.guard.GuardSettings.EjectionSettings;
import dev.mortise.gateway.guard.GuardSettings.RetrySettings;
import dev.mortise.gateway.guard.PlaceSettings;
import dev.mortise.gateway.registry.RegistrySettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator sets.
 *
 * @param deadline how long a call may take when its endpoint says nothing
 * @param deadlineLimit how long a call may take whatever its endpoint says
 * @param hopLimit how many plugin-to-plugin hops may lie behind a call
 * @param queryLimit how many parameters a query may have
 * @param publicPlugins whose endpoints may be open to everybody when they are declared public
 * @param guards what bounds calls
 * @param registry the times of leases
 * @param authOff whether callers without credential may do everything: configured so, and nobody but this machine is one
 */
record Settings(
        Duration deadline,
        Duration deadlineLimit,
        int hopLimit,
        int queryLimit,
        Set<String> publicPlugins,
        GuardSettings guards,
        RegistrySettings registry,
        boolean authOff) {
    Settings {
        if (deadline.isNegative() || deadline.isZero() || deadlineLimit.compareTo(deadline) < 0) {
            throw new IllegalArgumentException(
                    "deadline.seconds must be positive and at most deadline.limit.seconds, not %d with %d."
                            .formatted(deadline.toSeconds(), deadlineLimit.toSeconds()));
        }
        if (hopLimit < 1 || queryLimit < 1) {
            throw new IllegalArgumentException("hop.limit and query.max.parameters must be at least 1, not %d and %d."
                    .formatted(hopLimit, queryLimit));
        }
        publicPlugins = Set.copyOf(publicPlugins);
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException naming the key and what it takes
     */
    static Settings of(GatewayConfig config) {
        return new Settings(
                Duration.ofSeconds(config.deadline_seconds()),
                Duration.ofSeconds(config.deadline_limit_seconds()),
                config.hop_limit(),
                config.query_max_parameters(),
                names(config.public$_$plugins()),
                guards(config),
                new RegistrySettings(
                        Duration.ofSeconds(config.registry_heartbeat_seconds()),
                        Duration.ofSeconds(config.registry_stale_seconds()),
                        Duration.ofSeconds(config.registry_forget_seconds()),
                        config.registry_each(),
                        new RegistrySettings.Asking(
                                config.registry_ask_threads(),
                                config.registry_ask_each(),
                                Duration.ofSeconds(config.registry_ask_seconds()),
                                config.registry_ask_pause_heartbeats())),
                authOff(config));
    }

    /** Answers these with what changes with a start alone taken from the others: who is let in, and http's threads. */
    Settings after(Settings others) {
        return new Settings(
                deadline,
                deadlineLimit,
                hopLimit,
                queryLimit,
                others.publicPlugins,
                guards.withThreadsOf(others.guards),
                registry,
                others.authOff);
    }

    /** Answers the time that a handler has: what its endpoint says, within the limit, or the default. */
    long timeoutNanos(Optional<Duration> declared) {
        return Math.min(declared.orElse(deadline).toNanos(), deadlineLimit.toNanos());
    }

    private static GuardSettings guards(GatewayConfig config) {
        return new GuardSettings(
                new PlaceSettings(
                        config.bulkhead_calls(),
                        config.bulkhead_stuck(),
                        config.threads(),
                        config.threads_reserve_percent(),
                        config.streams_max(),
                        config.streams_each()),
                Duration.ofSeconds(config.streams_idle_seconds()),
                new BreakerSettings(
                        config.breaker_failures(),
                        Duration.ofSeconds(config.breaker_open_seconds()),
                        config.breaker_probes()),
                Duration.ofSeconds(config.breaker_remote_open_seconds()),
                new EjectionSettings(config.ejection_failures(), Duration.ofSeconds(config.ejection_seconds())),
                new RetrySettings(
                        config.retry_budget_percent(), config.retry_budget_reserve(), config.retry_budget_savings()),
                config.rate_buckets(),
                new CacheSettings(config.cache_max_mb() << 20, config.cache_entry_max_kb() << 10));
    }

    private static boolean authOff(GatewayConfig config) {
        return switch (config.auth()) {
            case "on" -> false;
            case "off" -> loopback(config.host());
            default -> throw new IllegalArgumentException("auth is on or off, not '" + config.auth() + "'.");
        };
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
