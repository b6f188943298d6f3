// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Found;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Page;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Stale;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shared data for plugins that act over HTTP, each for itself, and for administrators, who write nothing. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.permission="})
public final class SharedDataRoutes implements RouteProvider {
    static final String AREA = "/api/v1/shared-data";

    private final SharedDataStore store;
    private final Json json;

    /** Made by DS. */
    @Activate
    public SharedDataRoutes(@Reference SharedDataStore store, @Reference JsonFactory mappers) {
        this.store = store;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(AREA + "/get", this::get),
                Route.get(AREA + "/list", this::list),
                Route.post(AREA + "/set", this::set),
                Route.post(AREA + "/cas", this::compareAndSet),
                Route.post(AREA + "/increment", this::increment),
                Route.delete(AREA + "/delete", this::delete),
                Route.post(AREA + "/clear", this::clear));
    }

    private Response get(Request request) {
        Query query = Query.of(request, "namespace", "key", "tenantId", "ownerId");
        SharedCaller caller = caller(request, query);
        Place place = caller.space(query.required("namespace")).key(query.required("key"));
        Found found = store.get(place, caller.plugin());
        if (found instanceof Refused refused) {
            throw refused.exception();
        }
        if (found instanceof Stored stored) {
            return json.ok(SharedAnswer.Value.of(stored));
        }
        throw SharedAnswer.notFound(place);
    }

    private Response list(Request request) {
        Query query = Query.of(request, "namespace", "ownerId", "tenantId", "prefix", "after", "limit");
        SharedCaller caller = caller(request, query);
        SharedFilter filter = new SharedFilter(
                query.text("ownerId"),
                query.text("prefix").orElse(""),
                query.text("after").orElse(""),
                query.number("limit", SharedFilter.ALL.limit(), SharedFilter.MOST));
        Page page = store.list(caller.space(query.required("namespace")), caller.plugin(), filter);
        Map<String, Object> listing = Listing.of(
                "entries",
                page.entries().stream().map(SharedAnswer.Value::listed).toList());
        page.next().ifPresent(next -> listing.put("next", next));
        return json.ok(listing);
    }

    private Response set(Request request) throws IOException {
        SharedCaller caller = SharedCaller.of(request);
        SharedOrder.Put order = SharedOrder.read(request, json, SharedOrder.Put.class);
        Place place = order.place(caller);
        return version(place, store.set(place, order.write(caller)));
    }

    private Response compareAndSet(Request request) throws IOException {
        SharedCaller caller = SharedCaller.of(request);
        SharedOrder.Compare order = SharedOrder.read(request, json, SharedOrder.Compare.class);
        Place place = order.place(caller);
        return version(place, store.compareAndSet(place, order.expectedVersion(), order.write(caller)));
    }

    private Response increment(Request request) throws IOException {
        SharedCaller caller = SharedCaller.of(request);
        SharedOrder.Increment order = SharedOrder.read(request, json, SharedOrder.Increment.class);
        Place place = order.place(caller);
        Outcome outcome = store.increment(place, caller.writer(), order.by().orElse(1L), order.time());
        Done done = SharedAnswer.done(place, outcome);
        return json.ok(new Sum(new JsonText(done.json()), done.version()));
    }

    private Response delete(Request request) {
        Query query = Query.of(request, "namespace", "key", "tenantId", "ownerId");
        SharedCaller caller = caller(request, query);
        Place place = caller.space(query.required("namespace")).key(query.required("key"));
        Outcome outcome = store.delete(place, caller.plugin());
        if (outcome instanceof Stale) {
            throw SharedAnswer.notFound(place);
        }
        SharedAnswer.done(place, outcome);
        return Response.status(204);
    }

    /** An administrator clears what every plugin has, or what the one has that is named. */
    private Response clear(Request request) throws IOException {
        SharedCaller caller = SharedCaller.of(request);
        SharedOrder.Clear order = SharedOrder.read(request, json, SharedOrder.Clear.class);
        Optional<String> owner =
                caller.agrees(order.tenantId(), order.ownerId()).plugin().or(order::ownerId);
        return json.ok(new Cleared(store.clear(caller.space(order.namespace()), owner)));
    }

    private static SharedCaller caller(Request request, Query query) {
        return SharedCaller.of(request).agrees(query.text("tenantId"), query.text("ownerId"));
    }

    private Response version(Place place, Outcome outcome) {
        return json.ok(new Version(SharedAnswer.done(place, outcome).version()));
    }

    /** What a write is answered with. */
    record Version(long version) {}

    /** What adding is answered with. */
    record Sum(JsonText value, long version) {}

    /** What clearing is answered with. */
    record Cleared(int cleared) {}
}
