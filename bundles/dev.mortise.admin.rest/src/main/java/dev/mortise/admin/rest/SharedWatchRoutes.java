// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.admin.StreamCredential;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Space;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Changes of shared data as server-sent events (HTML, section 9.2): few at once, and none for ever. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.permission="})
public final class SharedWatchRoutes implements RouteProvider {
    private final SharedDataStore store;
    private final BooleanSupplier serving;
    private final Json json;
    private final StreamPlaces places;
    private final AtomicReference<@Nullable Tokens> tokens = new AtomicReference<>();

    /** Made by DS. */
    @Activate
    public SharedWatchRoutes(
            @Reference SharedDataStore store, @Reference Health health, @Reference JsonFactory mappers) {
        this.store = store;
        // a container that stops would wait for every stream that is open
        this.serving = health::ready;
        this.json = mappers.strict();
        this.places = new StreamPlaces(store::streams);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTokens(Tokens service) {
        tokens.set(service);
    }

    void unbindTokens(Tokens service) {
        tokens.compareAndSet(service, null);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(SharedDataRoutes.AREA + "/watch", this::watch));
    }

    private Response watch(Request request) {
        Query query = Query.of(request, "namespace", "key", "tenantId", "ownerId");
        SharedCaller caller = SharedCaller.of(request).agrees(query.text("tenantId"), query.text("ownerId"));
        Space space = caller.space(query.required("namespace"));
        Optional<String> key = query.text("key").map(name -> space.key(name).name());
        Optional<SharedMark> since = since(request);
        Changes changes = new Changes();
        StreamPlaces.Held place = places.take(caller);
        try {
            WatchStream stream = new WatchStream(
                    space,
                    store.watch(space, key, caller.plugin(), since, changes),
                    changes,
                    place,
                    serving,
                    StreamCredential.of(() -> Optional.ofNullable(tokens.get()), caller.identity()),
                    json);
            return Response.of(200, "text/event-stream", stream).with("Cache-Control", "no-store");
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** A client that comes again says what it had last. */
    private static Optional<SharedMark> since(Request request) {
        return request.headers()
                .first("Last-Event-ID")
                .filter(id -> !id.isEmpty())
                .map(id -> SharedMark.of(id)
                        .orElseThrow(() -> new MortiseException(
                                ErrorCode.VALIDATION_FAILED,
                                "Last-Event-ID is the id of an event of this address, not '" + id + "'.")));
    }
}
