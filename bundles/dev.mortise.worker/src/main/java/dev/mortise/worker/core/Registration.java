// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The registry of the core, as an instance that runs elsewhere uses it. */
public final class Registration {
    private static final String AREA = "/api/v1/services";
    private static final String LEASE_TOKEN = "leaseToken";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TAKEN = 409;
    private static final int TOO_MANY = 429;

    private final CoreClient core;
    private final Json json;

    /** Makes it; the mapper ignores what it does not know. */
    public Registration(CoreClient core, Json json) {
        this.core = core;
        this.json = json;
    }

    /**
     * What an instance says of itself.
     *
     * @param manifest its plugin.json
     */
    public record Announcement(String manifest, String baseUrl, Optional<String> node, Optional<String> tenant) {}

    /** What it got. */
    public record Lease(String serviceId, String token, Duration heartbeat, String hopKey) {
        @Override
        public String toString() {
            return "Lease[" + serviceId + "]";
        }
    }

    /** What a request came to. */
    public sealed interface Outcome<T> {
        /** It is done. */
        record Done<T>(T value) implements Outcome<T> {}

        /** The core does not want it: trying again comes to the same. */
        record Refused<T>(int status, String problem) implements Outcome<T> {
            /** Tells whether somebody else holds the place. */
            boolean taken() {
                return status == TAKEN;
            }
        }

        /** The core can't be asked now. */
        record Later<T>(String reason) implements Outcome<T> {}
    }

    /** Announces an instance. */
    public Outcome<Lease> register(Announcement announcement) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("manifest", new JsonText(announcement.manifest()));
        order.put("baseUrl", announcement.baseUrl());
        announcement.node().ifPresent(node -> order.put("node", node));
        announcement.tenant().ifPresent(tenant -> order.put("tenantId", tenant));
        return send("POST", "/register", order, this::lease);
    }

    /** Says that the instance is there; answers its status. */
    public Outcome<String> heartbeat(Lease lease) {
        return send("POST", "/heartbeat", held(lease), this::status);
    }

    /** Says how the instance is. */
    public Outcome<String> health(Lease lease, String status) {
        Map<String, Object> order = Map.of("status", status, LEASE_TOKEN, lease.token());
        return send("PUT", "/" + lease.serviceId() + "/health", order, this::status);
    }

    /** Takes it back. */
    public Outcome<String> deregister(Lease lease) {
        return send("DELETE", "/deregister", held(lease), this::status);
    }

    private static Map<String, Object> held(Lease lease) {
        return Map.of("serviceId", lease.serviceId(), LEASE_TOKEN, lease.token());
    }

    /** Reads an answer. */
    private interface Reader<T> {
        T read(Map<?, ?> answer);
    }

    private <T> Outcome<T> send(String method, String path, Map<String, Object> order, Reader<T> reader) {
        try {
            Body body = json.write(order);
            Response response = core.send(new CoreClient.Outgoing(method, AREA + path, JSON, body, PATIENCE));
            int status = response.status();
            if (status < 400) {
                return new Outcome.Done<>(reader.read(json.read(response.body(), Map.class)));
            }
            String text = response.body().text();
            return status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY
                    ? new Outcome.Later<>("the core answered with status " + status)
                    : new Outcome.Refused<>(status, text);
        } catch (IOException | RuntimeException e) {
            return new Outcome.Later<>(e.toString());
        }
    }

    private Lease lease(Map<?, ?> answer) {
        Map<?, ?> lease = answer.get("lease") instanceof Map<?, ?> known ? known : Map.of();
        long seconds = answer.get("heartbeatSeconds") instanceof Number number ? number.longValue() : 5;
        return new Lease(
                String.valueOf(answer.get("serviceId")),
                String.valueOf(lease.get("token")),
                Duration.ofSeconds(Math.max(1, seconds)),
                String.valueOf(answer.get("hopKey")));
    }

    private String status(Map<?, ?> answer) {
        return String.valueOf(answer.get("status"));
    }
}
