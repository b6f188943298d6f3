// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.service.Endpoint;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.api.service.TypedService;
import dev.mortise.api.shared.SharedData;
import dev.mortise.api.shared.SharedNamespace;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Uses what is on the other side of its call: another plugin's service, shared data, the log. */
@Component
public final class CallsBack implements RouteProvider {
    private final ServiceClient services;
    private final SharedData shared;
    private final Logger log;

    /** Made by DS. */
    @Activate
    public CallsBack(
            @Reference ServiceClient services,
            @Reference SharedData shared,
            @Reference(service = LoggerFactory.class) Logger log) {
        this.services = services;
        this.shared = shared;
        this.log = log;
    }

    /** What the other plugin offers, as this one sees it. */
    @TypedService("mate.things")
    public interface Things {
        /** Answers its context. */
        @Endpoint("GET /context/bound")
        Map<String, Object> context();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/back/context",
                        request -> passed(services.service("mate.things").get("/context/bound"))),
                Route.get("/back/typed", request -> Response.text(typed())),
                Route.get("/back/status/{code}", this::status),
                Route.get("/back/uncaught/{code}", this::uncaught),
                Route.get("/back/undeclared", this::undeclared),
                Route.post("/back/bytes", this::bytes),
                Route.get("/back/shared", request -> Response.text(shared(request))),
                Route.get("/back/log", this::log));
    }

    private static Response passed(ServiceResponse answer) {
        return new Response(answer.status(), answer.headers(), answer.body());
    }

    private String typed() {
        return String.valueOf(services.as(Things.class).context().get("caller"));
    }

    private Response status(Request request) {
        return passed(services.service("mate.things")
                .send(ServiceRequest.of("GET", "/status/{code}", request.pathParameter("code"))));
    }

    private Response uncaught(Request request) {
        return passed(services.service("mate.things").get("/status/{code}", request.pathParameter("code")));
    }

    private Response undeclared(Request request) {
        try {
            services.service("nobody.things").get("/thing");
            return Response.text("answered");
        } catch (ServiceException e) {
            return Response.text(e.code() + " answered " + e.answered());
        }
    }

    private Response bytes(Request request) {
        return passed(services.service("mate.things").post("/echo", request.body()));
    }

    private String shared(Request request) {
        SharedNamespace mine = shared.namespace("rows." + request.query("of").orElseThrow());
        mine.delete("key");
        long first = mine.set("key", Map.of("a", 1));
        boolean stale = mine.compareAndSet("key", first + 5, 2);
        boolean good = mine.compareAndSet("key", first, 3);
        return "%d %b %b %s"
                .formatted(first, stale, good, mine.get("key", Integer.class).orElse(-1));
    }

    private Response log(Request request) {
        log.warn("line {} of the plugin", request.query("line").orElse("?"));
        return Response.status(204);
    }
}
