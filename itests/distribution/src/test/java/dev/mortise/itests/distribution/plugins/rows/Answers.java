// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Answers of every status, with fields and content that a careless hop would change. */
@Component
public final class Answers implements RouteProvider {
    private static final int LARGE = 3 * 1024 * 1024;

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/bytes", request -> Response.of(200, "application/octet-stream", Body.of(all()))),
                Route.get("/fields", request -> fields()),
                Route.get("/guarded", request -> Response.text("guarded")),
                Route.get("/status/{code}", Answers::status),
                Route.get("/text", request -> Response.text("words ".repeat(2_000))),
                Route.get("/tagged", request -> Response.text("tagged").with("ETag", "\"one\"")),
                Route.get("/large/known", request -> Response.of(200, "application/x-large", Body.of(new byte[LARGE]))),
                Route.get(
                        "/large/unknown",
                        request -> Response.of(200, "application/x-large", Body.writing(Answers::large))));
    }

    private static byte[] all() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    private static Response fields() {
        Headers fields = Headers.of(Map.of(
                "Content-Type", List.of("text/plain"),
                "X-Many", List.of("one", "two, three"),
                "X-Empty", List.of(""),
                "Set-Cookie", List.of("a=1; Path=/", "b=2"),
                "x-lower", List.of("kept"),
                "Connection", List.of("X-Hop"),
                "X-Hop", List.of("for one connection")));
        return new Response(200, fields, Body.of("fields"));
    }

    private static Response status(Request request) {
        int code = Integer.parseInt(request.pathParameter("code"));
        return Response.of(code, "text/plain", Body.of("status " + code)).with("X-Status", "is " + code);
    }

    private static void large(OutputStream sink) throws java.io.IOException {
        byte[] piece = "0123456789abcdef".repeat(4_096).getBytes(US_ASCII);
        for (int sent = 0; sent < LARGE; sent += piece.length) {
            sink.write(piece);
        }
    }
}
