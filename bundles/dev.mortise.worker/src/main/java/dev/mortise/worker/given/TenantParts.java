// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a tenant gave, from JSON that was read as maps. */
public final class TenantParts {
    private TenantParts() {}

    /** Reads the part of a tenant in a line of standard input: {@code {"config","auth"}}. */
    static TenantPart of(Map<?, ?> given) {
        return new TenantPart(config(given), map(given, "auth").flatMap(TenantParts::auth));
    }

    /** Reads what {@code /validate-auth} asks about: {@code {"tenant","config","authState"}}. */
    public static TenantPart ofQuestion(Map<?, ?> given) {
        return new TenantPart(config(given), map(given, "authState").flatMap(TenantParts::auth));
    }

    /** Reads the tenant's id. */
    public static Optional<String> tenant(Map<?, ?> given) {
        return text(given, "tenant");
    }

    /** Reads the settings. */
    public static Map<String, Object> config(Map<?, ?> given) {
        return values(map(given, "config"));
    }

    /** Reads credentials; without a method there are none. */
    private static Optional<Auth> auth(Map<?, ?> given) {
        return text(given, "methodId").map(method -> new Auth(method, values(map(given, "credentials"))));
    }

    /** Answers the values that are there. */
    private static Map<String, Object> values(Optional<Map<?, ?>> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        given.orElse(Map.of()).forEach((name, value) -> {
            if (value != null) {
                values.put(String.valueOf(name), value);
            }
        });
        return values;
    }

    static Optional<String> text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static Optional<Map<?, ?>> map(Map<?, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    }
}
