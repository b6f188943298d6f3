// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.admin;

import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.admin.Configurations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The settings of one plugin, crm, of one tenant, acme, that take every order and stay as they are. */
public final class NotedConfigurations implements Configurations {
    private static final Configuration SHOWN = new Configuration(
            "acme",
            "crm",
            Map.of("apiKey", "****"),
            List.of(
                    new Field(
                            "apiKey",
                            "string",
                            "API key",
                            "tenant",
                            true,
                            true,
                            Optional.of("****"),
                            "database",
                            Optional.empty()),
                    new Field(
                            "rounds",
                            "integer",
                            "Rounds",
                            "container",
                            false,
                            false,
                            Optional.empty(),
                            "none",
                            Optional.of("It is lost."))),
            Optional.of(new Auth("key", Optional.of(Instant.parse("2026-01-02T03:04:05Z")), Optional.empty())));

    private final List<String> orders = new CopyOnWriteArrayList<>();

    /** Makes it. */
    public NotedConfigurations() {}

    /** Answers what was ordered, in order. */
    public List<String> orders() {
        return List.copyOf(orders);
    }

    private Configuration said(String order) {
        orders.add(order);
        return SHOWN;
    }

    @Override
    public Configuration find(String tenant, String plugin) {
        return SHOWN;
    }

    @Override
    public Configuration configure(String tenant, String plugin, Map<String, ?> values) {
        return said("configure " + new TreeMap<>(values));
    }

    @Override
    public Configuration set(String tenant, String plugin, String field, Optional<String> text) {
        return said("set " + field + text.map(value -> " " + value).orElse(""));
    }

    @Override
    public Configuration authenticate(String tenant, String plugin, String methodId, Map<String, ?> credentials) {
        return said("authenticate " + methodId + " " + new TreeMap<>(credentials));
    }

    @Override
    public AuthVerdict validateAuth(String tenant, String plugin) {
        orders.add("validate");
        return AuthVerdict.invalid("They are old.");
    }
}
