// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.wire;

import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes what processes are told: lines of their standard input, bodies of requests, and variables that they may ask for. */
public final class JsonLines {
    private final Json json;

    /** Writes with a mapper. */
    public JsonLines(Json json) {
        this.json = json;
    }

    /** Answers the first line, or a later one that replaces all of it. */
    public String handover(Handover handover, String hopKey) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("credential", handover.credential());
        line.put("hopKey", hopKey);
        handover.database()
                .ifPresent(database -> line.put(
                        "database",
                        Map.of("url", database.url(), "user", database.user(), "password", database.password())));
        Map<String, Object> tenants = new LinkedHashMap<>();
        handover.tenants().forEach((id, part) -> tenants.put(id, part(part, false)));
        line.put("tenants", tenants);
        return text(line);
    }

    /** Answers the line that replaces the credential. */
    public String credential(String credential) {
        return text(Map.of("credential", credential));
    }

    /**
     * Answers the line that replaces the part of one tenant.
     *
     * @param connected whether the tenant gave credentials just now: a token that was renewed looks like another one
     */
    public String tenant(String id, TenantPart part, boolean connected) {
        return text(Map.of("tenants", Map.of(id, part(part, connected))));
    }

    /** Answers settings as a variable has them. */
    public String config(TenantPart part) {
        return text(part.config());
    }

    /** Answers credentials as a variable has them, if there are some. */
    public Optional<String> auth(TenantPart part) {
        return part.auth().map(auth -> text(auth(auth)));
    }

    Body configUpdate(String tenant, TenantPart part) {
        return json.write(ordered("tenant", tenant, "config", part.config()));
    }

    Body validateAuth(String tenant, TenantPart part) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("tenant", tenant);
        question.put("config", part.config());
        part.auth().ifPresent(auth -> question.put("authState", auth(auth)));
        return json.write(question);
    }

    Body disable(Optional<String> tenant) {
        return json.write(
                tenant.<Map<String, String>>map(id -> Map.of("tenant", id)).orElse(Map.of()));
    }

    private static Map<String, Object> part(TenantPart part, boolean connected) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("config", part.config());
        part.auth().ifPresent(auth -> written.put("auth", auth(auth)));
        if (connected) {
            written.put("connected", true);
        }
        return written;
    }

    private static Map<String, Object> auth(Auth auth) {
        return ordered("methodId", auth.methodId(), "credentials", auth.credentials());
    }

    private static Map<String, Object> ordered(String first, Object its, String second, Object other) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put(first, its);
        ordered.put(second, other);
        return ordered;
    }

    private String text(Object value) {
        try {
            return json.write(value).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
