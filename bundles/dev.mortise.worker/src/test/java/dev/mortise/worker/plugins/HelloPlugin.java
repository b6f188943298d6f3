// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugins;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolProvider;
import dev.mortise.api.tool.ToolResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers in all the ways that a plugin may. */
@Component
public final class HelloPlugin implements RouteProvider, ToolProvider {
    private final Json json;
    private volatile boolean floodOver;

    @Activate
    public HelloPlugin(@Reference Json json) {
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/greetings/{name}", this::greet),
                Route.post("/echo", request -> new Response(201, request.headers(), request.body())),
                Route.get(
                        "/stream",
                        request -> Response.of(200, "text/plain", Body.writing(sink -> {
                            sink.write('a');
                            sink.flush();
                            sink.write('b');
                        }))),
                Route.get(
                        "/broken",
                        request -> Response.of(200, "text/plain", Body.writing(sink -> {
                            sink.write('a');
                            sink.flush();
                            throw new IOException("broken");
                        }))),
                Route.get(
                        "/unwritable",
                        request -> Response.of(200, "text/plain", Body.writing(sink -> {
                            throw new IOException("broken");
                        }))),
                Route.get("/hang", request -> hang()),
                Route.get("/flood", request -> Response.of(200, "text/plain", Body.writing(this::flood))),
                Route.get("/flood/over", request -> json.ok(floodOver)),
                Route.get("/refused", request -> {
                    throw new MortiseException(ErrorCode.CONFLICT, "It is taken.", Map.of("by", "ada"));
                }),
                Route.get("/fault", request -> {
                    throw new IllegalStateException("secret");
                }));
    }

    @Override
    public List<Tool> tools() {
        return List.of(Tool.of(
                "greet",
                "Greets somebody",
                "{\"type\":\"object\"}",
                call -> ToolResult.text(call.arguments().text() + " "
                        + call.context().tenant().map(TenantId::value).orElse("-"))));
    }

    private Response greet(Request request) {
        String tenant = request.context().tenant().map(TenantId::value).orElse("-");
        return json.ok(Map.of(
                "hello", request.pathParameter("name"),
                "tenant", tenant,
                "user", request.context().identity().id()));
    }

    /** Writes more than anybody takes, and hears of no interrupt. */
    private void flood(OutputStream sink) throws IOException {
        byte[] much = new byte[1 << 20];
        try {
            while (true) {
                sink.write(much);
            }
        } finally {
            floodOver = true;
        }
    }

    private static Response hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return Response.status(200);
    }
}
