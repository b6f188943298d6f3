// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;

/** Answers while no gateway is there: the process lives and is about to serve. */
final class StartingGateway implements HttpGateway {
    private static final Response NOT_YET = health(503, "STARTING");
    private static final Response ALIVE = health(200, "UP");
    private static final String SENTENCE = "The container is starting. Ask again when /health/ready answers 200.";

    @Override
    public void handle(HttpExchange exchange) {
        exchange.respond(answer(exchange.rawPath()));
    }

    private static Response answer(String path) {
        return switch (path) {
            case "/health", "/health/ready" -> NOT_YET;
            case "/health/live" -> ALIVE;
            default -> new Refusal(ErrorCode.STARTING, SENTENCE).response().with("Retry-After", "1");
        };
    }

    private static Response health(int status, String text) {
        return Response.of(status, "application/json", Body.of("{\"status\":\"" + text + "\"}"));
    }
}
