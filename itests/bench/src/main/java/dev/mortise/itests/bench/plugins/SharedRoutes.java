// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.shared.SharedData;
import dev.mortise.api.shared.SharedNamespace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Does one operation on shared data as often as it can, on the thread of the request, and answers how often. */
public final class SharedRoutes implements RouteProvider {
    /** What is written; the text of it is what bare JDBC writes. */
    public static final String VALUE = "{\"code\":\"EUR\",\"rate\":1.0842,\"source\":\"ECB\",\"note\":\"as of noon\"}";

    private final SharedData shared;

    /** Works on this shared data. */
    public SharedRoutes(SharedData shared) {
        this.shared = shared;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/shared/{operation}/{millis}", this::measure));
    }

    private Response measure(Request request) {
        SharedNamespace rates = shared.namespace("bench.shared");
        rates.delete("eur");
        rates.set("eur", Body.of(VALUE));
        LongConsumer operation = operation(request.pathParameter("operation"), rates);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(request.pathParameter("millis")));
        long begin = System.nanoTime();
        long done = 0;
        while (System.nanoTime() < end) {
            operation.accept(++done);
        }
        double perSecond = done * 1e9 / (System.nanoTime() - begin);
        return Response.of(200, Answers.TYPE, Body.of("{\"perSecond\":" + perSecond + "}"));
    }

    /** Each is told the version that the key has. */
    private static LongConsumer operation(String name, SharedNamespace rates) {
        Body value = Body.of(VALUE);
        return switch (name) {
            case "get" -> version -> require(rates.get("eur").isPresent());
            case "set" -> version -> require(rates.set("eur", value) == version + 1);
            case "cas" -> version -> require(rates.compareAndSet("eur", version, value));
            default -> throw new IllegalArgumentException("There is no operation '" + name + "'.");
        };
    }

    private static void require(boolean happened) {
        if (!happened) {
            throw new IllegalStateException("Somebody else writes the key that is measured.");
        }
    }
}
