// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Fails in every way that a handler can. */
@Component
public final class Faults implements RouteProvider {
    @Override
    public List<Route> routes() {
        return List.of(Route.get("/fault/{kind}", Faults::fail));
    }

    @SuppressWarnings("NullAway") // a handler that answers null is one of the faults
    private static Response fail(Request request) throws Exception {
        return switch (request.pathParameter("kind")) {
            case "refusal" ->
                throw new MortiseException(
                        ErrorCode.CONFLICT, "It is there already.", Map.of("blockers", List.of("a", "b")));
            case "retry" -> throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "Not now.");
            case "checked" -> throw new IOException("secret of the log");
            case "runtime" -> throw new IllegalStateException("secret of the log");
            case "error" -> throw new AssertionError("secret of the log");
            case "null" -> null;
            case "own" ->
                Response.of(
                        422,
                        "application/problem+json",
                        Body.of("{\"type\":\"urn:own\",\"status\":422,\"detail\":\"its own\"}"));
            case "at-once" ->
                Response.of(200, "text/plain", Body.writing(sink -> {
                    throw new IllegalStateException("secret of the log");
                }));
            default ->
                Response.of(200, "text/plain", Body.writing(sink -> {
                    sink.write("half".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    sink.flush();
                    throw new IOException("secret of the log");
                }));
        };
    }
}
