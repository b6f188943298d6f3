// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceHandle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Calls a service in another process again and again, or a bare server at the same distance, and tells how long that takes. */
public final class HopRoutes implements RouteProvider {
    private static final int MOST = 1_000_000;

    private final ServiceHandle answers;
    private final HttpClient bare =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Asks the plugin {@code back}. */
    public HopRoutes(ServiceClient client) {
        answers = client.service("back.answers");
    }

    /** One call, to its last byte. */
    private interface Call {
        int bytes() throws IOException, InterruptedException;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/hop/service/{millis}", request -> measured(request, this::service)),
                Route.get("/hop/bare/{millis}", request -> {
                    HttpRequest asked = HttpRequest.newBuilder(
                                    URI.create(request.query("url").orElseThrow()))
                            .build();
                    return measured(request, () -> bare(asked));
                }));
    }

    private int service() throws IOException {
        return answers.get("/answers/{id}", "7").body().buffer().remaining();
    }

    private int bare(HttpRequest asked) throws IOException, InterruptedException {
        return bare.send(asked, HttpResponse.BodyHandlers.ofByteArray()).body().length;
    }

    private static Response measured(Request request, Call call) throws IOException, InterruptedException {
        long[] nanos = new long[MOST];
        int calls = 0;
        int expected = Answers.json("7").length();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(request.pathParameter("millis")));
        for (long begin = System.nanoTime(); begin < end && calls < MOST; begin = System.nanoTime()) {
            if (call.bytes() != expected) {
                throw new IOException("another answer");
            }
            nanos[calls++] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos, 0, calls);
        return Response.of(200, Answers.TYPE, Body.of(json(nanos, calls)));
    }

    private static String json(long[] nanos, int calls) {
        return String.format(
                Locale.ROOT,
                "{\"calls\":%d,\"p50\":%.1f,\"p99\":%.1f}",
                calls,
                nanos[calls / 2] / 1e3,
                nanos[calls * 99 / 100] / 1e3);
    }
}
