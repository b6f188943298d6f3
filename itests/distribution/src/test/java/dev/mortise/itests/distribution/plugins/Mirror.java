// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows what reached it, and counts how often anything did as a whole. */
@Component
public final class Mirror implements RouteProvider {
    private static final int LARGE = 8 * 1024 * 1024;
    /** One for all: what many answers take of the heap is no matter of the listener. */
    private static final Body LARGE_BODY = Body.of(new byte[LARGE]);

    private final AtomicInteger hits = new AtomicInteger();
    private final Json json;

    /** Takes the mapper. */
    @Activate
    public Mirror(@Reference Json json) {
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/hits", request -> Response.text(hits.toString())),
                counted("GET", "/hit", Mirror::hit),
                counted("GET", "/seen", Mirror::seen),
                counted("POST", "/seen", Mirror::seen),
                counted(
                        "POST",
                        "/length",
                        request -> Response.text(
                                String.valueOf(request.body().buffer().remaining()))),
                counted("POST", "/json", this::read),
                counted("GET", "/large", request -> Response.of(200, "application/octet-stream", LARGE_BODY)),
                counted("GET", "/tagged", request -> Response.of(
                                200, "application/json", Body.of("{\"name\":\"chair\"},".repeat(200)))
                        .with("ETag", "\"one\"")
                        .with("Cache-Control", "no-cache")),
                Route.get("/split", request -> Response.text("split").with("X-Split", "a\r\nX-Evil: 1")),
                Route.get("/half", request -> Response.of(200, "text/plain", Body.writing(Mirror::half))),
                counted("GET", "/{a}/{b}", request -> Response.text("two segments")));
    }

    private Route counted(String method, String path, Handler handler) {
        return new Route(method, path, request -> {
            Response response = handler.handle(request);
            hits.incrementAndGet();
            return response;
        });
    }

    private static Response hit(Request request) {
        // Only who asks for parameters has them taken apart.
        return request.query().isEmpty() ? Response.text("hit") : Response.text("hit with parameters");
    }

    private static void half(OutputStream out) throws IOException {
        out.write(new byte[100_000]);
        throw new IOException("half is enough");
    }

    private static Response seen(Request request) throws IOException {
        StringBuilder seen = new StringBuilder();
        request.context().tenant().ifPresent(tenant -> seen.append("tenant=" + tenant.value() + "\n"));
        seen.append("identity=" + request.context().identity().id() + "\n");
        seen.append("caller=" + request.context().caller().orElse("none") + "\n");
        for (String name : request.headers().names()) {
            seen.append(name + ": " + request.headers().all(name) + "\n");
        }
        // A trailer would come behind the content.
        seen.append("length=" + request.body().buffer().remaining() + "\n");
        for (String name : request.headers().names()) {
            seen.append(name + ": " + request.headers().first(name).orElse("") + "\n");
        }
        return Response.text(seen.toString());
    }

    private Response read(Request request) throws IOException {
        return Response.text(String.valueOf(json.read(request.body(), Map.class).size()));
    }
}
