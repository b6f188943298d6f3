// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.CallContexts;
import dev.mortise.api.call.PluginExecutor;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.call.Tenants;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the context of its call: that of the request, of its thread, of threads that carry it on, and of its own work. */
@Component
public final class Context implements RouteProvider {
    private final CallContexts contexts;
    private final PluginExecutor executor;
    private final Tenants tenants;
    private final Json json;

    /** Made by DS. */
    @Activate
    public Context(
            @Reference CallContexts contexts,
            @Reference PluginExecutor executor,
            @Reference Tenants tenants,
            @Reference Json json) {
        this.contexts = contexts;
        this.executor = executor;
        this.tenants = tenants;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/context", request -> told(request.context())),
                Route.get("/context/bound", request -> told(contexts.current())),
                Route.get(
                        "/context/executor",
                        request -> told(executor.submit(contexts::current).get())),
                Route.get("/context/wrapped", this::wrapped),
                Route.get("/context/own", this::own),
                Route.get("/context/none", request -> Response.text(unbound())));
    }

    private Response wrapped(Request request) throws InterruptedException {
        AtomicReference<CallContext> seen = new AtomicReference<>();
        Thread thread = new Thread(request.context().wrap(() -> seen.set(contexts.current())));
        thread.start();
        thread.join();
        return told(seen.get());
    }

    private Response own(Request request) throws Exception {
        return told(tenants.run(new TenantId("default"), contexts::current));
    }

    private String unbound() throws InterruptedException {
        AtomicReference<String> seen = new AtomicReference<>("");
        Thread thread = new Thread(() -> seen.set(contexts.find().isPresent() ? "bound" : "none"));
        thread.start();
        thread.join();
        return seen.get();
    }

    private Response told(CallContext context) {
        Map<String, Object> told = new LinkedHashMap<>();
        context.tenant().ifPresent(tenant -> told.put("tenant", tenant.value()));
        told.put("kind", context.identity().kind().name());
        told.put("user", context.identity().id());
        told.put("permissions", new TreeSet<>(context.identity().permissions()));
        told.put("manyTenants", context.identity().manyTenants());
        context.caller().ifPresent(caller -> told.put("caller", caller));
        told.put("requestId", context.requestId());
        context.traceparent().ifPresent(trace -> told.put("trace", trace.split("-", 4)[1]));
        told.put("hop", context.hop());
        told.put("millis", context.remaining().toMillis());
        return json.ok(told);
    }
}
