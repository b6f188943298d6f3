// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.rules.route.PercentEncoder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Shared data of the core over its HTTP API: the credential says which plugin asks, the call for which tenant. */
public final class RemoteSharedData implements SharedDataStore {
    private static final String AREA = "/api/v1/shared-data";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final StreamLimits STREAMS = new StreamLimits(0, 0, Duration.ZERO, Duration.ZERO);

    private final String plugin;
    private final CoreClient core;
    private final Json json;

    /** Makes the store of a plugin; the mapper ignores what it does not know. */
    public RemoteSharedData(String plugin, CoreClient core, Json json) {
        this.plugin = plugin;
        this.core = core;
        this.json = json;
    }

    /** One value as the core tells it; the key only in lists. */
    record Value(Optional<String> key, JsonText value, long version, String ownerId, Optional<Instant> expiresAt) {
        Stored stored(String asked) {
            return new Stored(key.orElse(asked), value.text(), version, ownerId, expiresAt, 0);
        }
    }

    /** A list of values. */
    record Listing(List<Value> entries, Optional<String> next) {}

    /** What a write is answered with. */
    record Version(long version) {}

    /** What adding is answered with. */
    record Sum(JsonText value, long version) {}

    /** What clearing is answered with. */
    record Cleared(int cleared) {}

    @Override
    public Found get(Place key, Optional<String> reader) {
        Response response = send("GET", "/get" + query(key), key.space().tenant(), Body.empty());
        if (response.status() == ErrorCode.NOT_FOUND.status()) {
            return new Nothing();
        }
        return refused(response, ErrorCode.PERMISSION_DENIED)
                .<Found>map(refusal -> refusal)
                .orElseGet(() -> read(response, Value.class).stored(key.name()));
    }

    @Override
    public Page list(Space space, Optional<String> reader, SharedFilter filter) {
        String query = "?namespace=" + text(space.namespace()) + "&limit=" + filter.limit()
                + filter.owner().map(owner -> "&ownerId=" + text(owner)).orElse("")
                + parameter("prefix", filter.prefix())
                + parameter("after", filter.after());
        Listing listing = read(send("GET", "/list" + query, space.tenant(), Body.empty()), Listing.class);
        return new Page(
                listing.entries().stream().map(value -> value.stored("")).toList(), listing.next());
    }

    @Override
    public Outcome set(Place key, Write write) {
        return written(key, "/set", write, Map.of());
    }

    @Override
    public Outcome compareAndSet(Place key, long expectedVersion, Write write) {
        return written(key, "/cas", write, Map.of("expectedVersion", expectedVersion));
    }

    private Outcome written(Place key, String path, Write write, Map<String, Object> more) {
        Map<String, Object> order = order(key, write.ttl());
        order.put("value", new JsonText(write.json()));
        order.putAll(more);
        Response response = send("POST", path, key.space().tenant(), json.write(order));
        boolean stale = !more.isEmpty() && response.status() == ErrorCode.CONFLICT.status();
        if (stale) {
            return stale(response);
        }
        return refused(response)
                .orElseGet(() -> new Done(read(response, Version.class).version(), write.json()));
    }

    /** A conflict that tells a version is one of versions; any other is a quota. */
    private Outcome stale(Response response) {
        MortiseException problem = problem(response);
        return problem.members().get("version") instanceof Number version
                ? new Stale(version.longValue())
                : new Refused(problem.code(), String.valueOf(problem.getMessage()));
    }

    @Override
    public Outcome increment(Place key, String owner, long by, Optional<Duration> ttl) {
        Map<String, Object> order = order(key, ttl);
        order.put("by", by);
        Response response = send("POST", "/increment", key.space().tenant(), json.write(order));
        return refused(response).orElseGet(() -> {
            Sum sum = read(response, Sum.class);
            return new Done(sum.version(), sum.value().text());
        });
    }

    @Override
    public Outcome delete(Place key, Optional<String> owner) {
        Response response = send("DELETE", "/delete" + query(key), key.space().tenant(), Body.empty());
        return response.status() == ErrorCode.NOT_FOUND.status()
                ? new Stale(0)
                : refused(response).orElseGet(() -> new Done(1, ""));
    }

    @Override
    public int clear(Space space, Optional<String> owner) {
        Map<String, Object> order = Map.of("namespace", space.namespace());
        return read(send("POST", "/clear", space.tenant(), json.write(order)), Cleared.class)
                .cleared();
    }

    @Override
    public Watch watch(
            Space space,
            Optional<String> key,
            Optional<String> reader,
            Optional<SharedMark> since,
            Consumer<Change> listener) {
        String query = "?namespace=" + text(space.namespace())
                + key.map(name -> "&key=" + text(name)).orElse("");
        return RemoteWatch.begin(core, fields(space.tenant()), AREA + "/watch" + query, json, listener);
    }

    @Override
    public StreamLimits streams() {
        return STREAMS;
    }

    private static Map<String, Object> order(Place key, Optional<Duration> ttl) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("namespace", key.space().namespace());
        order.put("key", key.name());
        ttl.ifPresent(time -> order.put("ttl", seconds(time)));
        return order;
    }

    /** The API counts seconds, and a part of one is one. */
    private static long seconds(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }

    private static String query(Place key) {
        return "?namespace=" + text(key.space().namespace()) + "&key=" + text(key.name());
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + text(value);
    }

    private static String text(String value) {
        return PercentEncoder.text(value);
    }

    private Response send(String method, String path, TenantId tenant, Body body) {
        try {
            return core.send(new CoreClient.Outgoing(method, AREA + path, fields(tenant), body, patience()));
        } catch (IOException e) {
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE, "Shared data can't be reached: the core does not answer.", e);
        }
    }

    private static Duration patience() {
        return BoundContext.find()
                .map(context -> context.remaining())
                .filter(left -> left.compareTo(PATIENCE) < 0)
                .orElse(PATIENCE);
    }

    private Headers fields(TenantId tenant) {
        Headers json = Headers.of("Content-Type", "application/json");
        return CallFields.of(
                json,
                BoundContext.find().orElseGet(() -> Call.ofPlugin(plugin, tenant, "shared-data", PATIENCE)),
                tenant);
    }

    private Optional<Outcome> refused(Response response) {
        return response.status() < 400
                ? Optional.empty()
                : refused(response, problem(response).code()).map(refusal -> refusal);
    }

    /** Refusals that are values are answered; that nobody is there is thrown. */
    private Optional<Refused> refused(Response response, ErrorCode expected) {
        if (response.status() < 400) {
            return Optional.empty();
        }
        MortiseException problem = problem(response);
        if (problem.code() != expected
                || problem.code().status() >= 500
                || problem.code().status() == 401) {
            throw problem;
        }
        return Optional.of(new Refused(problem.code(), String.valueOf(problem.getMessage())));
    }

    private MortiseException problem(Response response) {
        return ProblemText.of(response, json, "Shared data answered with status " + response.status() + ".");
    }

    private <T> T read(Response response, Class<T> type) {
        if (response.status() >= 400) {
            throw problem(response);
        }
        try {
            return json.read(response.body(), type);
        } catch (IOException e) {
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE, "Shared data can't be reached: its answer broke off.", e);
        }
    }
}
