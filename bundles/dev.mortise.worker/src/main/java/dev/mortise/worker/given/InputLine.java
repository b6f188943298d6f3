// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import dev.mortise.kernel.port.WorkerProcesses.Database;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.worker.given.Given.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of standard input as a map: the first one gives, each later one replaces the parts that it names. A tenant is
 * replaced whole; one that is JSON null is gone. One that is marked as connected gave credentials, or others than before.
 */
record InputLine(Map<?, ?> parts) {
    /** Keys that calls may still be signed with: those that are under way when the key changes. */
    private static final int KEYS = 2;

    State applyTo(State before) {
        return new State(
                TenantParts.text(parts, "credential").orElse(before.credential()),
                TenantParts.text(parts, "hopKey")
                        .map(key -> newest(key, before.hopKeys()))
                        .orElse(before.hopKeys()),
                TenantParts.map(parts, "database").map(InputLine::database).or(before::database),
                tenants(before.tenants()));
    }

    /** Answers the tenants that gave the credentials in this line just now; for others they were renewed at most. */
    Set<String> connected() {
        return TenantParts.map(parts, "tenants").orElse(Map.of()).entrySet().stream()
                .filter(entry ->
                        entry.getValue() instanceof Map<?, ?> given && Boolean.TRUE.equals(given.get("connected")))
                .map(entry -> String.valueOf(entry.getKey()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Puts a key before those that were. */
    static List<String> newest(String key, List<String> before) {
        return Stream.concat(Stream.of(key), before.stream())
                .distinct()
                .limit(KEYS)
                .toList();
    }

    private Map<String, TenantPart> tenants(Map<String, TenantPart> before) {
        Map<String, TenantPart> tenants = new HashMap<>(before);
        TenantParts.map(parts, "tenants").orElse(Map.of()).forEach((id, part) -> {
            if (part instanceof Map<?, ?> given) {
                tenants.put(String.valueOf(id), TenantParts.of(given));
            } else {
                tenants.remove(String.valueOf(id));
            }
        });
        return tenants;
    }

    private static Database database(Map<?, ?> given) {
        return new Database(
                TenantParts.text(given, "url").orElse(""),
                TenantParts.text(given, "user").orElse(""),
                TenantParts.text(given, "password").orElse(""));
    }
}
